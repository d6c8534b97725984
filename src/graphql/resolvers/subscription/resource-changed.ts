import type { GraphQLResolveInfo } from 'graphql';
import type { ChangePage } from '#core/changes/change-page.ts';
import type { ResourceType } from '#core/schema/attribute.ts';
import type { GraphqlContext } from '../../context.ts';
import { openWalk } from '../../expand/expand.ts';
import { type KnownChange, loadChanges } from '../../expand/load-changes.ts';
import type { FieldMap } from '../../fields/field.ts';
import { askedTypes } from '../query/changes.ts';
import type { Args } from '../query/root-field.ts';

/** What a subscription follows, and how its events come to have what they select. */
export interface ChangeSubscription {
  /** Absent, from now on. */
  readonly after?: string;
  readonly types?: readonly ResourceType[];
  /** As `__typename` names resource types. */
  readonly typeNames: KnownChange['typeNames'];
  load(page: ChangePage, context: GraphqlContext): Promise<readonly KnownChange[]>;
}

/**
 * The field of Subscription. Whoever streams follows the feed by what `subscribe` answers, since the feed comes in pages that are
 * loaded at once; each event is then the root value of an answer of its own.
 */
export function resourceChanged(fields: FieldMap) {
  const typeNames = new Map(fields.types.map(({ name, resourceType }) => [resourceType.name, name]));
  return {
    subscribe: (
      _root: unknown,
      { after, types }: Args,
      _context: unknown,
      info: GraphQLResolveInfo,
    ): ChangeSubscription => {
      const asked = askedTypes(fields, types, 'resourceChanged');
      return {
        ...(typeof after === 'string' && { after }),
        ...(asked && { types: asked }),
        typeNames,
        load: (page, context) => loadChanges(openWalk(fields, context, info), page, info.fieldNodes),
      };
    },
    resolve: (event: KnownChange) => event,
  };
}
