import { type GraphQLNamedType, getNamedType, isAbstractType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { openRegistry } from '#core/schema/registry.ts';
import { openSchema } from '#graphql/schema.ts';
import { BADGES } from './badges.ts';
import { Gateway } from './gateway.ts';

describe('the executable schema', () => {
  test('has a resolver for every field below Query, without which no plan could walk it', () => {
    const schema = openSchema(openRegistry({ sources: [{ name: 'badges.json', content: BADGES }] }));
    const seen = new Set<GraphQLNamedType>();
    const without: string[] = [];
    const walk = (type: GraphQLNamedType | null | undefined) => {
      if (!type || seen.has(type)) return;
      seen.add(type);
      if (isAbstractType(type)) for (const possible of schema.getPossibleTypes(type)) walk(possible);
      if (!isObjectType(type)) return;
      for (const field of Object.values(type.getFields())) {
        if (field.resolve === undefined) without.push(`${type.name}.${field.name}`);
        walk(getNamedType(field.type));
      }
    };
    walk(schema.getQueryType());
    expect(without).toEqual([]);
    expect(seen.size).toBeGreaterThan(30);
  });

  test('is traced field by field for nobody, as Apollo would have it for a router', async () => {
    await using gateway = await Gateway.open();
    const answer = await gateway.post('{"query":"{ users { totalCount } }"}', {
      'apollo-federation-include-trace': 'ftv1',
    });
    expect(answer).toEqual({ status: 200, data: { users: { totalCount: 0 } } });
  });
});
