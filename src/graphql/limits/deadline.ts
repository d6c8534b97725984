import { asDirectoryError, DirectoryError } from '#model/errors.ts';
import type { GraphqlContext } from '../context.ts';
import { limitExceeded } from './limit-exceeded.ts';

type Timed = Pick<GraphqlContext, 'call' | 'settings'>;

/**
 * The result of `work`, or TIMEOUT once the operation's time is up. The call's signal has then told the backend to stop; one that
 * does not listen keeps nobody waiting.
 */
export function withinDeadline<Result>(timed: Timed, work: Promise<Result>): Promise<Result> {
  const { signal } = timed.call;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(isOver(timed) ? timeout(timed) : givenUp());
    const end = () => signal.removeEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp);
    work.then(
      (result) => {
        end();
        resolve(result);
      },
      (error) => {
        end();
        // A backend that keeps the deadline itself does not know whose it was.
        reject(asDirectoryError(error)?.code === 'TIMEOUT' && isOver(timed) ? timeout(timed) : error);
      },
    );
  });
}

function isOver({ call }: Timed): boolean {
  return Date.now() >= call.deadline;
}

function timeout({ call, settings }: Timed): Error {
  const limit = settings.limits.deadlineSeconds;
  const actual = Math.max(limit, Math.round(limit * 10 + (Date.now() - call.deadline) / 100) / 10);
  const message = `the operation took ${actual} seconds; it may take ${limit}, so ask for fewer resources at once, or try again later`;
  return limitExceeded('deadlineSeconds', { limit, actual, message });
}

function givenUp(): Error {
  return new DirectoryError('TIMEOUT', 'the request was given up before it was answered');
}
