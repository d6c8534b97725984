import type { ResourceType } from '#core/schema/attribute.ts';

/** The attributes of a type that are computed from links between resources, by the side of the link that they show. */
export interface LinkSlots {
  readonly members?: LinkSlot;
  readonly groups?: LinkSlot;
  readonly manager?: LinkSlot;
}

export interface LinkSlot {
  readonly name: string;
  /** The extension's URN; absent for core attributes. */
  readonly schema?: string;
  /** What opens its list after other attributes: `,"groups":[`. */
  readonly listStart: Buffer;
}

const known = new WeakMap<ResourceType, LinkSlots>();

export function linkSlotsOf(type: ResourceType): LinkSlots {
  let slots = known.get(type);
  if (slots === undefined) {
    slots = findSlots(type);
    known.set(type, slots);
  }
  return slots;
}

function findSlots(type: ResourceType): LinkSlots {
  const slots: { members?: LinkSlot; groups?: LinkSlot; manager?: LinkSlot } = {};
  const places = [
    { schema: undefined, attributes: type.attributes },
    ...type.extensions.map(({ schema }) => ({ schema: schema.id, attributes: schema.attributes })),
  ];
  for (const { schema, attributes } of places) {
    for (const { name, link } of attributes) {
      if (link === undefined) continue;
      const side = link.edge === 'manager' ? 'manager' : link.direction === 'out' ? 'members' : 'groups';
      const listStart = Buffer.from(`,${JSON.stringify(name)}:[`);
      slots[side] = schema === undefined ? { name, listStart } : { name, schema, listStart };
    }
  }
  return slots;
}
