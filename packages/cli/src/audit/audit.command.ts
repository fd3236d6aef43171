import type { ChainReport } from '@clientele/kit'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { parseOptions } from '../options.js'
import { findStores } from '../service-stores.js'
import { services } from '../services.js'
import { headsOf, verify } from './chains.js'
import { readHeads } from './expected-heads.js'

/** Finds any entry of the audit log that was changed, removed or moved. */
export const audit: Command = {
  name: 'audit',
  summary: 'Verify that nobody has changed the audit log',
  help: `clientele audit verify [--service S] [--tenant T] [--expect FILE] [--minutes N] [--json]
clientele audit head [--service S] [--tenant T]

verify walks the chain of each tenant in each service and prints what it found: CHANGED, MISSING, REORDERED, CUT_OFF
(the end is gone, or is not the expected one), UNSEALED (entries wait for too long), each with the place of the first fault.
head prints the last entry of each chain as JSON: keep it where nobody who can write to the databases can, and hand
it back as --expect. Without it, whoever can do anything in a database can cut off the end of a chain unseen.

  --service  one of ${services.map(({ name }) => name).join(', ')}
  --tenant   one tenant
  --expect   file with what head printed before
  --minutes  how long an entry may wait to be sealed, 10 unless given
  --json     one JSON object per chain

Outside the embedded platform it takes one service's own environment: DATABASE_URL, DATABASE_SYSTEM_URL and the
settings of the master key, with --service. See docs/runbooks/audit-log.md.

Exit code: 0 nothing found, 1 a fault was found or something failed, 2 used wrongly.`,
  run: async (args) => {
    const { values, positionals } = parseOptions('audit', {
      args,
      allowPositionals: true,
      options: {
        service: { type: 'string' },
        tenant: { type: 'string' },
        expect: { type: 'string' },
        minutes: { type: 'string', default: '10' },
        json: { type: 'boolean', default: false },
      },
    })
    const [action, ...others] = positionals
    if (others.length || (action !== 'verify' && action !== 'head')) {
      throw new UsageError('Say what to do: clientele audit verify, or clientele audit head')
    }
    if (!/^\d{1,6}$/.test(values.minutes)) throw new UsageError('--minutes takes a whole number.')
    const expected = values.expect === undefined ? [] : await readHeads(values.expect)
    const config = readConfig()
    const stores = await findStores(config, values.service)
    if (action === 'head') {
      console.log(JSON.stringify(await headsOf(stores, values.tenant), null, 2))
      return 0
    }
    const patience = Number(values.minutes) * 60_000
    const reports: ChainReport[] = []
    await verify(stores, config, {
      tenant: values.tenant,
      patience,
      expected,
      tell: (report) => {
        reports.push(report)
        console.log(values.json ? JSON.stringify(report) : lineOf(report))
      },
    })
    const faulty = reports.filter(({ fault }) => fault)
    if (!values.json) {
      const entries = reports.reduce((sum, { sealed }) => sum + sealed, 0)
      console.log(`${reports.length} chains, ${entries} sealed entries, ${faulty.length} with a fault`)
    }
    return faulty.length ? 1 : 0
  },
}

const lineOf = ({ service, tenant, sealed, unsealed, fault }: ChainReport) => {
  const counts = `${service.padEnd(13)} ${tenant}  ${sealed} sealed, ${unsealed} waiting`
  if (!fault) return `${counts}  ok`
  return `${counts}  ${fault.kind}${fault.number ? ` at entry ${fault.number}` : ''}: ${fault.message}`
}
