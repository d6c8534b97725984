import { DirectoryError } from '#model/errors.ts';
import type { Leniency } from '../leniency.ts';
import { Faults, isFaultCode } from '../validate/faults.ts';
import type { Reader } from '../validate/simple-value.ts';
import { inOperation } from './fault.ts';

/**
 * Carries operations out and tells what is wrong with them: of a client's message the faults of the first operation that fails,
 * with its number; of one change that a program drew up, where `together` is set, the faults of all of them at once.
 */
export class PatchRun {
  private readonly leniency: Leniency;
  private readonly count: number;
  private readonly together: Faults | undefined;

  constructor(leniency: Leniency, count: number, together: boolean) {
    this.leniency = leniency;
    this.count = count;
    this.together = together ? new Faults() : undefined;
  }

  operation<T>(index: number, work: (reader: Reader) => T): T {
    const { leniency, together } = this;
    if (together !== undefined) return work({ leniency, faults: together });
    return inOperation(index, this.count, () => {
      const faults = new Faults();
      const result = work({ leniency, faults });
      faults.check();
      return result;
    });
  }

  /** One step of an operation, after which a change that is told together goes on whatever was refused. */
  step(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (this.together === undefined || !(error instanceof DirectoryError) || !isFaultCode(error.code)) throw error;
      for (const fault of error.faults) this.together.add(error.code, fault);
    }
  }

  /** What has to hold in the end. @throws {DirectoryError} for that, and for all that was told together */
  end(check: (faults: Faults) => void): void {
    const faults = this.together ?? new Faults();
    check(faults);
    faults.check();
  }
}
