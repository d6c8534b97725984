import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Places in /proc/PID/stat, counted from the field after the command's closing bracket; see proc_pid_stat(5). */
const FIELDS = { utime: 11, stime: 12, cutime: 13, cstime: 14 };
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** User and system time of all threads of a process. */
export function cpuSeconds(pid: number): number {
  const stat = readStat(pid);
  return ticks(stat, FIELDS.utime) + ticks(stat, FIELDS.stime);
}

/** Of all children of this process that have ended; exact for a client that ran between two readings. */
export function childCpuSeconds(): number {
  const stat = readStat(process.pid);
  return ticks(stat, FIELDS.cutime) + ticks(stat, FIELDS.cstime);
}

export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status names no VmRSS`);
  return Number(kilobytes) / 1024;
}

function readStat(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function ticks(stat: readonly string[], field: number): number {
  return Number(stat[field]) / TICKS_PER_SECOND;
}
