import type { Fault } from '#model/errors.ts';
import { checkNames, checkReference } from './check-names.ts';
import { asMapping, type Mapping } from './mapping.ts';

/** What cannot be said of one key alone: each policy has one of its lists, and a token's policy is one of its tenant's. */
export function checkPolicies(tenants: Mapping, tokens: readonly Mapping[]): readonly Fault[] {
  const ofTenants = Object.entries(tenants).flatMap(([tenant, value]) => {
    const policies = asMapping(asMapping(value)['policies']);
    const section = `tenants.${tenant}.policies`;
    return [
      ...checkNames(section, Object.keys(policies)),
      ...Object.entries(policies).flatMap(([name, policy]) => checkLists(`${section}.${name}`, asMapping(policy))),
    ];
  });
  return [...ofTenants, ...tokens.flatMap((token, index) => checkPolicyOf(token, tenants, index))];
}

function checkLists(path: string, { hide, show }: Mapping): readonly Fault[] {
  if ((hide === undefined) !== (show === undefined)) return [];
  const got = hide === undefined ? 'neither' : 'both';
  return [{ path, expected: 'either "hide", and all else is seen, or "show", and all else is hidden', got }];
}

/** A tenant that does not exist is a fault of its own. */
function checkPolicyOf({ tenant, policy }: Mapping, tenants: Mapping, index: number): readonly Fault[] {
  if (typeof policy !== 'string' || typeof tenant !== 'string' || !Object.hasOwn(tenants, tenant)) return [];
  const known = Object.keys(asMapping(asMapping(tenants[tenant])['policies']));
  if (known.length > 0) return checkReference(`auth.tokens[${index}].policy`, 'policy', policy, known);
  const remedy = `describe it at tenants.${tenant}.policies.${policy}`;
  return [
    { path: `auth.tokens[${index}].policy`, expected: `a policy of the tenant "${tenant}", which has none`, remedy },
  ];
}
