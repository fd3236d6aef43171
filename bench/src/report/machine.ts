import { availableParallelism, loadavg } from 'node:os'
import { rounded } from './spread.js'

/** What a benchmark ran on, and how busy it is. */
export interface Machine {
  platform: string
  cores: number
  loadAverage: number
}

export const machineNow = (): Machine => ({
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  loadAverage: rounded(loadavg()[0] as number, 1),
})

export const machineLine = ({ platform, cores, loadAverage }: Machine): string =>
  `machine: ${platform}, ${cores} cores, load average ${loadAverage}`

export const versionsLine = (versions: Readonly<Record<string, string>>): string =>
  `versions: ${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}`
