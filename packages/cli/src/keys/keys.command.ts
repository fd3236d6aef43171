import { parseArgs } from 'node:util'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { services } from '../services.js'
import { findKeyStores, type ListedKey, listKeys } from './key-stores.js'
import { masterKeysFor } from './master-keys.js'
import { rotateKeys } from './rotate-keys.js'

/** Lists and rotates the keys of sensitive fields. */
export const keys: Command = {
  name: 'keys',
  summary: 'List and rotate the keys of sensitive fields',
  help: `clientele keys list [--service S] [--tenant T] [--json]
clientele keys rotate [--tenant T | --all-tenants] [--service S] [--json]

Sensitive fields are stored under a key per customer, that under a key per tenant, that under the master key.

rotate wraps all tenants' keys under the current master key: the first of CLIENTELE_MASTER_KEY_FILE, or the newest
version of the key in Vault. With --tenant or --all-tenants it also gives these tenants new keys and brings everything
under them. Services go on meanwhile; a rotation that was cut short is continued by the next one.

  --service  one of ${services.map(({ name }) => name).join(', ')}; all unless given
  --json     JSON on standard output

Outside the embedded platform it takes one service's own environment: DATABASE_URL, DATABASE_SYSTEM_URL and the
settings of the master key, with --service. See docs/runbooks/rotate-keys.md.

Exit code: 0 done, 1 failed, 2 used wrongly.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        service: { type: 'string' },
        tenant: { type: 'string' },
        'all-tenants': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const { service, tenant, 'all-tenants': all, json } = values
    const [action, ...others] = positionals
    if (others.length || (action !== 'list' && action !== 'rotate') || (all && (tenant || action === 'list'))) {
      throw new UsageError('Say what to do: clientele keys list, or clientele keys rotate [--tenant T | --all-tenants]')
    }
    if (service !== undefined && !services.some(({ name }) => name === service)) {
      throw new UsageError(`There is no service "${service}".`)
    }
    try {
      const config = readConfig()
      const stores = await findKeyStores(config, service)
      const listed = (await Promise.all(stores.map((store) => listKeys(store, tenant)))).flat()
      if (action === 'list') return list(listed, json)
      if (tenant && !listed.length) throw new UsageError(`The tenant "${tenant}" has no key.`)
      const masterKeys = await masterKeysFor(config)
      const done = []
      for (const store of stores) {
        done.push(await rotateKeys(store, masterKeys, { tenant, all }, json ? () => {} : console.log))
      }
      if (json) console.log(JSON.stringify(done))
      else console.log(`${done.reduce((sum, one) => sum + one.tenants.length, 0)} new keys of tenants`)
      return 0
    } catch (error) {
      return tellFailure(error, json)
    }
  },
}

const list = (listed: readonly ListedKey[], json: boolean) => {
  if (json) console.log(JSON.stringify(listed))
  else if (!listed.length) console.log('There are no keys: nothing sensitive is stored yet.')
  else for (const key of listed) console.log(keyLine(key))
  return 0
}

const keyLine = ({ service, tenant, generation, masterKeyId, createdAt, retiredAt }: ListedKey) =>
  `${service.padEnd(13)} ${tenant}  key ${generation}  made ${day(createdAt)}  under ${masterKeyId}  ${retiredAt ? `retired ${day(retiredAt)}` : 'in use'}`

const day = (date: Date) => date.toISOString().slice(0, 10)
