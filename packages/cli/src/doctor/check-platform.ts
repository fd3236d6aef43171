import { totalmem } from 'node:os'
import type { Check } from '@clientele/kit'

const leastNode = 24
const leastMemory = 512 * 2 ** 20

/** The machine that Clientele runs on, as far as it matters. */
export const platformCheck = (versions: NodeJS.ProcessVersions = process.versions): Check => ({
  name: 'platform',
  run: async (report) => {
    const major = Number(versions.node.split('.')[0])
    const remedy = `Use Node ${leastNode}: the image and the repository bring it.`
    if (major < leastNode) report.fault('node', `Node ${versions.node}`, remedy)
    else if (major > leastNode) report.warning('node', `Node ${versions.node} is newer than what is tried`, remedy)
    else report.ok('node', `Node ${versions.node}`)
    const system = `${process.platform} ${process.arch}`
    if (process.platform === 'linux') report.ok('system', system)
    else report.warning('system', system, 'Linux is what is tried for production.')
    const memory = Math.min(process.constrainedMemory() || totalmem(), totalmem())
    const found = `${Math.round(memory / 2 ** 20)} MiB for this process or container`
    if (memory < leastMemory) report.warning('memory', found, 'docs/runbooks/memory.md.')
    else report.ok('memory', found)
  },
})
