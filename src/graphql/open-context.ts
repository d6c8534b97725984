import type { Admitted, GraphqlContext } from './context.ts';
import type { GraphqlTenant } from './graphql-face.ts';
import { Budget } from './limits/budget.ts';

/** What resolvers see of an admitted request. */
export function openContext({ session, settings }: GraphqlTenant, admitted: Admitted): GraphqlContext {
  const { call, principal, outcome, baseUrl } = admitted;
  return {
    call,
    principal,
    outcome,
    baseUrl,
    session: session(call, principal),
    settings,
    budget: new Budget(settings.limits),
    roots: new Map(),
    thrown: [],
  };
}
