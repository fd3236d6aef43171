import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts in hundredths of a second, on every Linux that Node runs on. */
const secondsPerTick = 0.01

/** Seconds of CPU that these processes have used, with the children they have waited for; undefined where there is no /proc. */
export const cpuSeconds = (pids: readonly number[]): number | undefined => {
  if (process.platform !== 'linux') return undefined
  return pids.reduce((sum, pid) => sum + ticksOf(pid), 0) * secondsPerTick
}

/** The same for a process and all its children, running or ended. */
export const familyCpuSeconds = (parent: number): number | undefined => {
  if (process.platform !== 'linux') return undefined
  const running = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && Number(fieldsOf(pid)?.[1]) === parent)
  return cpuSeconds([parent, ...running])
}

const ticksOf = (pid: number) => (fieldsOf(pid)?.slice(11, 15) ?? []).reduce((sum, ticks) => sum + Number(ticks), 0)

/** The fields of proc_pid_stat(5) from the third on: the second is a name and may hold blanks. */
const fieldsOf = (pid: number) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
