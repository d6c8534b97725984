/** Whether the server's schema has what the options name, and lets an entry have it. */
import type { Inspection } from '#adapters/adapter.ts';
import type { Conversion } from '../mapping/converters.ts';
import { printLeafPath } from '../mapping/leaves.ts';
import { type Container, operationalOf } from '../tenant-view.ts';
import { fault, NOTHING_FOUND, notice, together } from './findings.ts';
import type { ServerSchema } from './schema.ts';
import { conversionOfSyntax } from './syntaxes.ts';

export type Table = 'users' | 'groups';

/** An LDAP attribute and where the options name it. */
interface Named {
  readonly attribute: string;
  readonly path: string;
  /** A write without it loses something, so that an entry must be able to have it. */
  readonly essential?: true;
}

export function checkSchema(schema: ServerSchema, table: Table, container: Container): Inspection {
  const named = attributesOf(table, container);
  const known = named.filter(({ attribute }) => schema.attribute(attribute) !== undefined);
  return together([
    ...container.objectClasses.map((name) => checkClass(schema, table, name)),
    ...named.map((each) => (known.includes(each) ? NOTHING_FOUND : unknown(each))),
    ...known.map((each) => checkAllowed(schema, table, container, each)),
    ...checkConversions(schema, table, container),
    ...checkDemanded(schema, table, container),
  ]);
}

function attributesOf(table: Table, container: Container): readonly Named[] {
  const { map, rdn, link, password, unique } = container;
  const homes = [...map.homes.values()].flatMap(({ path, attributes }) =>
    attributes.map((attribute) => ({ attribute, path: `${table}.attributes.${printLeafPath(path)}` })),
  );
  const mapped = new Set([...map.attributes, rdn]);
  const templates = map.written.filter((attribute) => !mapped.has(attribute));
  return [
    ...operationalOf(container).map((attribute) => ({ attribute, path: 'url' })),
    { attribute: rdn, path: `${table}.rdn`, essential: true },
    ...(map.overflow === undefined
      ? []
      : [{ attribute: map.overflow, path: `${table}.overflow`, essential: true as const }]),
    ...homes,
    ...templates.map((attribute) => ({ attribute, path: `${table}.templates.${attribute}` })),
    ...(link === undefined ? [] : [{ attribute: link, path: `${table}.${table === 'users' ? 'manager' : 'member'}` }]),
    ...(password === undefined ? [] : [{ attribute: password.attribute, path: 'users.password.attribute' }]),
    ...unique.map((attribute) => ({ attribute, path: `${table}.unique` })),
  ];
}

function checkClass(schema: ServerSchema, table: Table, name: string): Inspection {
  if (schema.objectClass(name) !== undefined) return NOTHING_FOUND;
  return fault(`${table}.objectClasses`, "object classes of the server's schema", { got: name, remedy: loading(name) });
}

function unknown({ attribute, path }: Named): Inspection {
  return fault(path, "an attribute of the server's schema", { got: attribute, remedy: loading(attribute) });
}

/** Where what is missing comes from, as far as that is known. */
function loading(name: string): string {
  if (/^portico/i.test(name)) return 'load docs/guides/ldap/portico.schema into the server';
  if (/^pwd/i.test(name)) return 'load the overlay ppolicy into the server';
  return 'load the schema that has it into the server, or name another; null takes a mapping of the preset away';
}

function checkAllowed(
  schema: ServerSchema,
  table: Table,
  { objectClasses }: Container,
  { attribute, path, essential }: Named,
): Inspection {
  const contents = schema.contents(objectClasses);
  const name = schema.canonical(attribute);
  const operational = schema.attribute(attribute)?.operational ?? false;
  const unresolved = objectClasses.some((each) => schema.objectClass(each) === undefined);
  if (contents === undefined || unresolved || operational) return NOTHING_FOUND;
  if (contents.must.has(name) || contents.may.has(name) || name === 'objectclass') return NOTHING_FOUND;
  const allowing = `an object class that allows ${attribute}, which ${path} names`;
  const remedy = 'add the auxiliary class that has it';
  const classes = { got: objectClasses.join(', '), remedy };
  return (essential ? fault : notice)(`${table}.objectClasses`, allowing, classes);
}

function checkConversions(schema: ServerSchema, table: Table, { map }: Container): readonly Inspection[] {
  return [...map.homes.values()].flatMap(({ path, places }) =>
    places.map(({ attribute, conversion }) => {
      const fitting = conversionOfSyntax(schema.attribute(attribute)?.syntax);
      if (fitting === undefined || fits(conversion, fitting)) return NOTHING_FOUND;
      const expected = `{ attribute: ${attribute}, as: ${fitting} }, since that is the attribute's syntax`;
      return notice(`${table}.attributes.${printLeafPath(path)}`, expected, { got: conversion });
    }),
  );
}

/** A narrower one harms nothing. */
function fits(conversion: Conversion, syntax: Conversion): boolean {
  if (conversion === syntax) return true;
  if (syntax === 'time') return conversion === 'lock';
  if (syntax === 'integer') return conversion === 'account';
  return (
    (syntax === 'text' && (conversion === 'ia5' || conversion === 'printable')) ||
    (syntax === 'ia5' && conversion === 'printable')
  );
}

/** Reading needs none of them, so that only creating fails. */
function checkDemanded(schema: ServerSchema, table: Table, container: Container): readonly Inspection[] {
  const { objectClasses, map, rdn, link, placeholder } = container;
  const filled = [...map.written, rdn, 'objectClass', ...(placeholder === undefined ? [] : [link ?? ''])];
  const written = new Set(filled.map((name) => schema.canonical(name)));
  const missing = [...(schema.contents(objectClasses)?.must ?? [])].filter((name) => !written.has(name));
  return missing.map((name) =>
    notice(`${table}.templates`, `something for ${name}, which ${objectClasses.join(', ')} demand of a new entry`, {
      remedy: `map it, or write a template such as ${name}: '{displayName}'; until then creating is refused`,
    }),
  );
}
