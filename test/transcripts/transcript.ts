import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json } from '#model/resource.ts';
import type { Need } from './adapters.ts';

/** A recorded step of an identity provider. Texts hold placeholders, see variables.ts. */
export interface Transcript {
  readonly idp: string;
  readonly step: string;
  /** The shapes of the identity provider that the step shows, such as `E2`; shapes.json has them all. */
  readonly shapes: readonly string[];
  /** Where the shape is documented or was recorded. */
  readonly source: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: { readonly [name: string]: string };
    /** JSON, or text that is sent as it stands. */
    readonly body?: Json;
    /** How often it is sent at once, where that is more than once; each gets the same answer. */
    readonly times?: number;
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

export interface LifeCycle {
  readonly folder: string;
  /** Keys of `tenants.<name>` of the configuration that the conversation needs; `schemas` are paths from the folder on. */
  readonly tenant: { readonly [key: string]: Json };
  /** What the settings ask of a backend; the conversation runs over those that can. */
  readonly needs: readonly Need[];
  /** Under each of them the conversation is the same: `default`, and the one that is made for the identity provider. */
  readonly profiles: readonly string[];
  /** In order. */
  readonly steps: readonly NamedTranscript[];
}

/** Every folder beside this file that has a life-cycle.json. */
export function loadLifeCycles(): readonly LifeCycle[] {
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true });
  return folders.flatMap((entry) => (entry.isDirectory() ? [loadLifeCycle(entry.name)] : []));
}

function loadLifeCycle(folder: string): LifeCycle {
  const {
    tenant = {},
    needs = [],
    profiles = ['default'],
    steps,
  } = loadJson(`${folder}/life-cycle.json`) as {
    readonly tenant?: LifeCycle['tenant'];
    readonly needs?: LifeCycle['needs'];
    readonly profiles?: readonly string[];
    readonly steps: readonly string[];
  };
  const { schemas } = tenant;
  return {
    folder,
    needs,
    profiles,
    tenant: Array.isArray(schemas)
      ? { ...tenant, schemas: schemas.map((path) => absolute(`${folder}/${path}`)) }
      : tenant,
    steps: steps.map((step) => ({
      ...(loadJson(`${folder}/${step}.json`) as Transcript),
      file: `${folder}/${step}.json`,
    })),
  };
}

/** @throws where there is no such file beside this one */
export function loadJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

function absolute(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
