import type { AdapterModule, DirectoryAdapter } from '#adapters/adapter.ts';

/** Where the gateways of a test file keep people and groups: opens an empty backend for each of them. Absent: in memory. */
export const peopleBackend: {
  open?: (shape: Parameters<AdapterModule<never>['open']>[1]) => Promise<DirectoryAdapter>;
} = {};
