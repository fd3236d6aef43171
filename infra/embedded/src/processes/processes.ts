import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnv } from '../config.js'

/** A live process. `started` tells it from a later one that was given the same pid; `command` is its command line, joined by blanks. */
export interface ProcessInfo {
  pid: number
  started: string
  command: string
}

/** What is known about a pid; undefined when nothing runs under it any more (a zombie counts as gone). */
export function inspect(pid: number): ProcessInfo | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return process.platform === 'linux' ? inspectProc(pid) : inspectPs(pid)
}

function inspectProc(pid: number): ProcessInfo | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in brackets and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
    return { pid, started: fields[19] ?? '', command }
  } catch {
    return undefined
  }
}

function inspectPs(pid: number): ProcessInfo | undefined {
  if (process.platform === 'win32') return isAlive(pid) ? { pid, started: '', command: '' } : undefined
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'stat=,lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      env: childEnv({ LC_ALL: 'C' }),
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
    const [, state, started, command] = /^(\S+)\s+(\S+\s+\S+\s+\d+\s+\S+\s+\d+)\s+(.*)$/s.exec(line) ?? []
    return !started || state?.startsWith('Z') ? undefined : { pid, started, command: command ?? '' }
  } catch {
    return undefined
  }
}

/**
 * Live processes whose command line `isOurs`: the one that a pid file speaks of, and on Linux every other that runs the program. One that was left
 * behind before it wrote its pid file is only found so; another program that has the same words among its arguments is not it.
 */
export function findProcesses(noted: number, program: string, isOurs: (command: string) => boolean): ProcessInfo[] {
  const others = process.platform === 'linux' ? readdirSync('/proc').map(Number) : []
  return [...new Set([noted, ...others.filter((pid) => programOf(pid) === program)])]
    .filter((pid) => pid !== process.pid)
    .map(inspect)
    .filter((info) => info !== undefined)
    .filter(({ command }) => isOurs(command))
}

/** The name of the file that a process runs; undefined where this user may not know. */
function programOf(pid: number): string | undefined {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''))
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** True while the very process that `info` describes is running. */
export function stillRuns(info: Pick<ProcessInfo, 'pid' | 'started'>): boolean {
  return inspect(info.pid)?.started === info.started
}

/** Ends a process that is not our child: each signal in turn, `patienceMs` between them. Throws when it outlives them all. */
export async function endProcess(info: ProcessInfo, signals: NodeJS.Signals[], patienceMs = 15_000): Promise<void> {
  for (const signal of signals) {
    try {
      process.kill(info.pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw new Error(`Process ${info.pid} (${info.command}) is in the way and may not be ended by this user.`)
    }
    const deadline = Date.now() + patienceMs
    while (Date.now() < deadline) {
      if (!stillRuns(info)) return
      await sleep(25)
    }
  }
  throw new Error(`Process ${info.pid} (${info.command}) is in the way and did not end.`)
}
