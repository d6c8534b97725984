/**
 * What each profile does where the RFCs leave a choice or real clients break them: the one table of switches. `core/leniency.ts`
 * and `scim/profiles.ts` say what a switch means, docs/profiles.md why a profile has it so; types, the keys of
 * `tenants.<name>.switches` and their faults follow from here.
 */

export const PROFILES = ['default', 'rfc', 'strict', 'entra', 'okta'] as const;
export type ProfileName = (typeof PROFILES)[number];

export type Value = string | number | boolean;

interface Row<V extends Value> {
  readonly values: readonly V[];
  readonly in: { readonly [profile in ProfileName]: V };
}

/** A new switch is a row here, a member of `Leniency` or `Profile` that is honoured in one place, and a row of docs/profiles.md. */
// biome-ignore format: a table
export const SWITCHES = {
  //                            values                  default    rfc        strict     entra      okta
  unknownAttributes:    row(['ignore', 'refuse'],      'ignore',  'ignore',  'refuse',  'ignore',  'ignore'),
  unknownSchemas:       row(['ignore', 'refuse'],      'ignore',  'refuse',  'refuse',  'ignore',  'ignore'),
  missingSchemas:       row(['accept', 'refuse'],      'accept',  'refuse',  'refuse',  'accept',  'accept'),
  undeclaredExtensions: row(['accept', 'refuse'],      'accept',  'refuse',  'refuse',  'accept',  'accept'),
  secondPrimary:        row(['clear', 'refuse'],       'clear',   'refuse',  'refuse',  'clear',   'clear'),
  missingTarget:        row(['create', 'refuse'],      'create',  'refuse',  'refuse',  'create',  'create'),
  booleanStrings:       row(['coerce', 'refuse'],      'coerce',  'refuse',  'refuse',  'coerce',  'refuse'),
  emptyStrings:         row(['clear', 'keep'],         'clear',   'keep',    'keep',    'clear',   'clear'),
  countryNames:         row(['accept', 'refuse'],      'refuse',  'refuse',  'refuse',  'accept',  'refuse'),
  unqualifiedNames:     row(['find', 'refuse'],        'find',    'refuse',  'refuse',  'find',    'find'),
  pathlessPatch:        row(['accept', 'refuse'],      'accept',  'accept',  'refuse',  'accept',  'accept'),
  keysAsPaths:          row(['expand', 'refuse'],      'expand',  'refuse',  'refuse',  'expand',  'expand'),
  valueOfRemove:        row(['select', 'refuse'],      'select',  'refuse',  'refuse',  'select',  'refuse'),
  replaceByOneMember:   row(['replace', 'add'],        'replace', 'replace', 'replace', 'replace', 'replace'),
  readOnlyInPatchValue: row(['ignore', 'refuse'],      'ignore',  'refuse',  'refuse',  'ignore',  'ignore'),
  userNameCharacters:   row(['freeform', 'identifier'], 'freeform', 'identifier', 'identifier', 'freeform', 'freeform'),
  bareComplexValues:    row(['wrap', 'refuse'],        'wrap',    'refuse',  'refuse',  'wrap',    'refuse'),
  displayNameOfValues:  row(['display', 'unknown'],    'display', 'unknown', 'unknown', 'display', 'unknown'),
  unknownFilterAttributes: row(['refuse', 'absent'],   'refuse',  'absent',  'refuse',  'refuse',  'refuse'),
  malformedEmails:      row(['accept', 'refuse'],      'accept',  'accept',  'refuse',  'accept',  'accept'),
  canonicalForms:       row(['keep', 'write'],         'keep',    'write',   'write',   'keep',    'keep'),
  barewordLiterals:     row(['accept', 'refuse'],      'accept',  'refuse',  'refuse',  'accept',  'refuse'),
  missingMessageSchema: row(['accept', 'refuse'],      'accept',  'refuse',  'refuse',  'accept',  'accept'),
  capitalOperations:    row(['accept', 'refuse'],      'accept',  'refuse',  'refuse',  'accept',  'refuse'),
  emptyOperations:      row(['accept', 'refuse'],      'accept',  'refuse',  'refuse',  'accept',  'refuse'),
  groupPatchAnswer:     row([204, 200],                204,       204,       204,       204,       204),
  userPatchAnswer:      row([200, 204],                200,       200,       200,       200,       200),
  uniqueGroupNames:     row([true, false],             true,      false,     false,     true,      true),
} as const;

export type SwitchName = keyof typeof SWITCHES;
export type Switches = { readonly [name in SwitchName]: (typeof SWITCHES)[name]['values'][number] };

/** A profile with some of its switches set otherwise. */
export function switchesOf(profile: ProfileName, overrides: Partial<Switches> = {}): Switches {
  const ofProfile = Object.entries(SWITCHES).map(([name, row]) => [name, row.in[profile]] as const);
  return { ...(Object.fromEntries(ofProfile) as unknown as Switches), ...overrides };
}

function row<const V extends Value>(
  values: readonly V[],
  ...[inDefault, rfc, strict, entra, okta]: readonly [NoInfer<V>, NoInfer<V>, NoInfer<V>, NoInfer<V>, NoInfer<V>]
): Row<V> {
  return { values, in: { default: inDefault, rfc, strict, entra, okta } };
}
