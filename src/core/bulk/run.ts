import type { Written } from '#adapters/adapter.ts';
import type { Call } from '#model/call.ts';
import { DirectoryError } from '#model/errors.ts';
import type { ResourceId } from '#model/resource.ts';
import type { Directory } from '../directory.ts';
import { checkOffered } from '../offered.ts';
import { OPERATIONS_PER_CALL } from '../write/perform.ts';
import { newId, type Plan, planCreate, planDelete, planPatch, planReplace } from '../write/plan.ts';
import { Batch, type Entry, idOfPlan, isRefusedWithout, type Step } from './batch.ts';
import type { BulkAnswer, BulkOperation, BulkRequest, IdOf } from './operation.ts';
import { sendBatch } from './send-batch.ts';

/** The state of one list of operations while it is carried out: who has got which id, and how each ended. */
export class BulkRun {
  readonly directory: Directory;
  readonly call: Call;
  readonly operations: readonly BulkOperation[];
  /** By position; undefined for what has not been processed. */
  readonly answers: (BulkAnswer | undefined)[];
  /** Of what is created, from the moment on in which it is planned; with a backend that assigns ids, when it is there. */
  private readonly ids = new Map<number, ResourceId>();
  private errors = 0;

  constructor(directory: Directory, call: Call, operations: readonly BulkOperation[]) {
    this.directory = directory;
    this.call = call;
    this.operations = operations;
    this.answers = new Array<BulkAnswer | undefined>(operations.length).fill(undefined);
  }

  /** How many have failed so far. */
  get failures(): number {
    return this.errors;
  }

  readonly idOf: IdOf = (position) => this.ids.get(position);

  /** Carries steps out in order, in as few calls as their order allows, while no more than `mayFail` operations have failed. */
  async carryOut(steps: readonly Step[], mayFail: number): Promise<void> {
    for (let next = 0; next < steps.length && this.errors < mayFail; ) {
      const entries = this.gather(steps, next, Math.min(OPERATIONS_PER_CALL, mayFail - this.errors));
      await this.send(entries);
      next += entries.length;
    }
  }

  /** The step of an operation that stands alone. */
  stepOf(position: number): Step {
    return this.step(position, () => this.planOf(position, this.operation(position).request(this.idOf)));
  }

  step(position: number, plan: () => Plan): Step {
    return { position, needs: this.operation(position).needs.map((need) => need.position), plan };
  }

  operation(position: number): BulkOperation {
    const operation = this.operations[position];
    if (operation === undefined) throw new TypeError(`there is no operation ${position}`);
    return operation;
  }

  planOf(position: number, request: BulkRequest): Plan {
    const { directory } = this;
    const { verb } = request;
    if (verb === 'create') {
      const { type, body } = request;
      checkOffered(type, verb);
      const id = this.ids.get(position) ?? newId(directory, type);
      if (id !== undefined) this.ids.set(position, id);
      return planCreate(directory, type, body, id);
    }
    const { target } = request;
    checkOffered(target.type, verb);
    if (verb === 'replace') return planReplace(directory, target, request.body);
    return verb === 'patch' ? planPatch(directory, target, request.operations) : planDelete(directory, target);
  }

  record(position: number, answer: BulkAnswer): void {
    if (answer instanceof Error && !(this.answers[position] instanceof Error)) this.errors += 1;
    this.answers[position] = answer;
  }

  private gather(steps: readonly Step[], from: number, most: number): readonly Entry[] {
    const batch = new Batch();
    for (const step of steps.slice(from, from + most)) {
      const entry = batch.isFull ? undefined : this.entryFor(step, batch);
      if (entry === undefined) break;
      batch.add(entry);
    }
    return batch.entries;
  }

  /** Undefined where the step has to wait for the batch to be sent, which the first of a batch never has. */
  private entryFor(step: Step, batch: Batch): Entry | undefined {
    const unmet = this.unmetNeed(step);
    if (unmet !== undefined) return { step, plan: unmet };
    const pending = step.needs.filter((need) => batch.has(need));
    const ids = pending.flatMap((need) => this.ids.get(need) ?? []);
    if (ids.length < pending.length) return undefined;
    const plan = planOrError(step);
    if (plan instanceof Error) return { step, plan };
    if (!batch.hasRoomFor(plan) || !this.mayShareCall(plan, new Set(ids))) return undefined;
    return { step, plan };
  }

  /** Where references are lenient, core itself would drop one to a resource that could not be created. */
  private mayShareCall(plan: Plan, pending: ReadonlySet<ResourceId>): boolean {
    if (pending.size === 0) return true;
    return this.directory.lifeCycle.references === 'strict' && isRefusedWithout(plan, pending);
  }

  private async send(entries: readonly Entry[]): Promise<void> {
    let at = 0;
    const plans = entries.map(({ plan }) => plan);
    for await (const answer of sendBatch(this.directory, this.call, plans)) {
      const entry = entries[at++];
      if (entry !== undefined) this.recordWritten(entry, answer);
    }
  }

  private recordWritten({ step, plan }: Entry, answer: Written | Error): void {
    const { position } = step;
    if (answer instanceof Error) {
      this.record(position, this.unmetNeed(step) ?? answer);
      return;
    }
    const id = answer.resource?.id ?? (plan instanceof Error ? undefined : idOfPlan(plan));
    if (id === undefined) throw new TypeError(`${this.directory.adapter.name} answered no resource to a write`);
    if (!(plan instanceof Error) && plan.kind === 'creation') this.ids.set(position, id);
    this.record(position, { id, version: answer.resource?.version ?? null });
  }

  private unmetNeed({ position }: Step): DirectoryError | undefined {
    const failed = this.operation(position).needs.find((need) => this.answers[need.position] instanceof Error);
    if (failed === undefined) return undefined;
    return new DirectoryError('INVALID_VALUE', `${failed.name} was not created, since its own operation failed`);
  }
}

function planOrError(step: Step): Plan | Error {
  try {
    return step.plan();
  } catch (error) {
    return error instanceof Error ? error : new Error('not an Error', { cause: error });
  }
}
