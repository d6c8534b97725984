import { readFileSync } from 'node:fs';
import type { Json } from '#model/resource.ts';

/** A recorded step of an identity provider. Texts hold placeholders, see variables.ts. */
export interface Transcript {
  readonly idp: string;
  readonly step: string;
  /** The shapes of the identity provider that the step shows, such as `E2`. */
  readonly shapes: readonly string[];
  /** Where the shape is documented or was recorded. */
  readonly source: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: { readonly [name: string]: string };
    readonly body?: Json;
  };
  readonly response: {
    readonly status: number;
    readonly headers: { readonly [name: string]: string };
    readonly body?: Json;
  };
  /** What reads find afterwards. */
  readonly then?: readonly { readonly path: string; readonly status: number; readonly body: Json }[];
}

export interface NamedTranscript extends Transcript {
  readonly file: string;
}

/** The steps of a folder's life-cycle.json, in order. */
export function loadLifeCycle(folder: string): readonly NamedTranscript[] {
  const { steps } = loadJson(`${folder}/life-cycle.json`) as { readonly steps: readonly string[] };
  return steps.map((step) => ({
    ...(loadJson(`${folder}/${step}.json`) as Transcript),
    file: `${folder}/${step}.json`,
  }));
}

function loadJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}
