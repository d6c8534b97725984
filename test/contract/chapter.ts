import type { Capabilities } from '#adapters/adapter.ts';
import type { Subject } from './subject.ts';

/** One test over an empty backend; its title is the sentence that a deviation names. */
export type DefineTest = (title: string, run: (subject: Subject) => Promise<void>) => void;

/** What a chapter asks depends on what the backend says it can do: an ability is tested, and so is its absence. */
export interface Chapter {
  readonly title: string;
  readonly define: (test: DefineTest, capabilities: Capabilities) => void;
}
