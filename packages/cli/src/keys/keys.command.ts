import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { parseOptions } from '../options.js'
import { findStores } from '../service-stores.js'
import { services } from '../services.js'
import { type ListedKey, type ListedSecret, listKeys, listSecrets } from './key-stores.js'
import { masterKeysFor } from './master-keys.js'
import { type Rotated, rotateKeys } from './rotate-keys.js'

/** Lists and rotates the keys of sensitive fields. */
export const keys: Command = {
  name: 'keys',
  summary: 'List and rotate the keys of sensitive fields',
  help: `clientele keys list [--service S] [--tenant T] [--json]
clientele keys rotate [--tenant T | --all-tenants] [--service S] [--json]

Sensitive fields are stored under a key per customer, that under a key per tenant, that under the master key. list shows
the tenants' keys and what else stands under the master key, such as the key of each audit chain.

rotate wraps all tenants' keys under the current master key: the first of CLIENTELE_MASTER_KEY_FILE, or the newest
version of the key in Vault. With --tenant or --all-tenants it also gives these tenants new keys and brings everything
under them. Services go on meanwhile; a rotation that was cut short is continued by the next one.

  --service  one of ${services.map(({ name }) => name).join(', ')}; all unless given
  --json     JSON on standard output

Outside the embedded platform it takes one service's own environment: DATABASE_URL, DATABASE_SYSTEM_URL and the
settings of the master key, with --service. See docs/runbooks/rotate-keys.md.

Exit code: 0 done, 1 failed, 2 used wrongly.`,
  run: async (args) => {
    const { values, positionals } = parseOptions('keys', {
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
    try {
      const config = readConfig()
      const stores = await findStores(config, service)
      const listed = (await Promise.all(stores.map((store) => listKeys(store, tenant)))).flat()
      if (action === 'list') {
        const secrets = (await Promise.all(stores.map((store) => listSecrets(store, tenant)))).flat()
        return list([...listed, ...secrets], json)
      }
      if (tenant && !listed.length) throw new UsageError(`The tenant "${tenant}" has no key.`)
      const masterKeys = await masterKeysFor(config)
      const done = []
      for (const store of stores) {
        done.push(await rotateKeys(store, masterKeys, { tenant, all }, json ? () => {} : console.log))
      }
      if (json) console.log(JSON.stringify(done))
      else console.log(doneLine(done))
      return 0
    } catch (error) {
      return tellFailure(error, json)
    }
  },
}

const doneLine = (done: readonly Rotated[]) => {
  const sum = (of: (one: Rotated) => number) => done.reduce((total, one) => total + of(one), 0)
  const [rewrapped, made] = [sum((one) => one.rewrapped), sum((one) => one.tenants.length)]
  if (!rewrapped && !made) return 'Nothing to do: everything is under the current master key.'
  return `Wrapped under the current master key: ${rewrapped}. Tenants with a new key: ${made}.`
}

const list = (listed: readonly (ListedKey | ListedSecret)[], json: boolean) => {
  if (json) console.log(JSON.stringify(listed))
  else if (!listed.length) console.log('There are no keys yet.')
  else for (const key of listed) console.log(lineOf(key))
  return 0
}

const lineOf = (key: ListedKey | ListedSecret) => {
  const [what, state] =
    'purpose' in key
      ? [key.purpose, 'kept for good']
      : [`key ${key.generation}`, key.retiredAt ? `retired ${day(key.retiredAt)}` : 'in use']
  return `${key.service.padEnd(13)} ${key.tenant}  ${what}  made ${day(key.createdAt)}  under ${key.masterKeyId}  ${state}`
}

const day = (date: Date) => date.toISOString().slice(0, 10)
