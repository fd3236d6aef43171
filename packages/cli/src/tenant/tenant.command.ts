import { tenantSlug } from '@clientele/contracts'
import { type Command, UsageError } from '../command.js'
import { type CliConfig, readConfig } from '../config.js'
import { findPlatform } from '../home.js'
import { masterKeysFor } from '../keys/master-keys.js'
import { parseOptions } from '../options.js'
import {
  type Certificate,
  isGenuine,
  newCertificate,
  readCertificate,
  sealCertificate,
  writeCertificate,
} from './certificate.js'
import { deleteTenant, refuseChanged, refuseUnknown } from './delete-tenant.js'
import { exportTenant } from './export-tenant.js'
import { readManifest } from './manifest.js'
import { revealedValues } from './revealed-values.js'
import { areNamed, tenantStores } from './tenant-stores.js'

/** For which actions an option is. */
const optionsOf: Record<string, readonly string[]> = {
  export: ['out', 'reveal'],
  delete: ['export', 'without-export', 'confirm', 'certificate'],
  verify: [],
}

/** Hands out all that a tenant has, and removes it. */
export const tenant: Command = {
  name: 'tenant',
  summary: 'Hand out all data of a tenant, remove them, verify that they were',
  help: `clientele tenant export TENANT --out FOLDER [--reveal]
clientele tenant delete TENANT --export FOLDER --confirm TENANT --certificate FILE
clientele tenant delete TENANT --without-export --confirm TENANT --certificate FILE
clientele tenant verify FILE

export writes every row of the tenant in all databases, a file of JSON lines for each table, and every file, each with its
hash in manifest.json. Keys and the secrets of webhooks are counted only.
  --out      a folder that is not there yet
  --reveal   sensitive values as well, in clear (revealed_value.ndjson): for the tenant, and for nobody else

delete destroys the tenant's keys, then removes rows, files and events, and seals a certificate of it under the master key.
It may be stopped and run again, with the same certificate. End the access of the tenant's people first.
  --export          the folder of the export; refused where anything was changed since, or a file is not as it was written
  --without-export  nothing is handed out
  --confirm         the tenant, once more
  --certificate     the file of what remains: keep it apart from the platform

verify tells whether a certificate is the one that was sealed.

Databases are those of the running platform, or of PROFILES_DATABASE_OWNER_URL and its like, with NATS_URL and the settings of
files and master key as for clientele serve. See docs/runbooks/off-boarding.md.

Exit code: 0 done, 1 failed or not genuine, 2 used wrongly.`,
  run: async (args) => {
    const { values, positionals } = parseOptions('tenant', {
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        reveal: { type: 'boolean' },
        export: { type: 'string' },
        'without-export': { type: 'boolean' },
        confirm: { type: 'string' },
        certificate: { type: 'string' },
      },
    })
    const [action = '', of, ...others] = positionals
    const allowed = Object.hasOwn(optionsOf, action) ? optionsOf[action] : undefined
    if (others.length || !allowed || !of) {
      throw new UsageError('Say what to do: clientele tenant export TENANT, delete TENANT, or verify FILE')
    }
    const stray = Object.keys(values).filter((name) => !allowed.includes(name))
    if (stray.length) throw new UsageError(`clientele tenant ${action} has no option --${stray.join(', --')}.`)
    const config = readConfig()
    if (action === 'verify') return verify(of, config)
    if (!tenantSlug.safeParse(of).success) throw new UsageError(`"${of}" is no tenant.`)
    return action === 'export' ? handOut(of, values, config) : remove(of, values, config)
  },
}

const tell = (line: string) => console.error(line)

/** Where databases are named, a key that was made on the way would open nothing. */
const keysFor = (config: CliConfig) => {
  if (areNamed() && !config.CLIENTELE_MASTER_KEY_FILE && !config.CLIENTELE_VAULT_ADDR) {
    throw new UsageError('Name the master key of these databases: CLIENTELE_MASTER_KEY_FILE or CLIENTELE_VAULT_ADDR.')
  }
  return masterKeysFor(config)
}

const natsUrlFor = async (config: CliConfig) => {
  if (config.NATS_URL) return config.NATS_URL
  if (areNamed()) throw new UsageError('Name the stream of these databases: NATS_URL.')
  return (await findPlatform(config.CLIENTELE_HOME)).natsUrl
}

const handOut = async (of: string, { out, reveal }: { out?: string; reveal?: boolean }, config: CliConfig) => {
  if (!out) throw new UsageError('Say where to: --out FOLDER')
  const stores = await tenantStores(config)
  const revealed = reveal ? revealedValues(of, await keysFor(config)) : undefined
  await refuseUnknown(stores, of)
  const { services } = await exportTenant(stores, { tenant: of, out, reveal: revealed, tell })
  const rows = services.flatMap(({ tables }) => tables).reduce((sum, { rows }) => sum + rows, 0)
  console.log(`${out} has ${rows} rows and ${services.flatMap(({ files }) => files).length} files of "${of}".`)
  return 0
}

interface DeleteOptions {
  export?: string
  'without-export'?: boolean
  confirm?: string
  certificate?: string
}

const remove = async (of: string, o: DeleteOptions, config: CliConfig) => {
  const { export: folder, certificate: path } = o
  if (o.confirm !== of) throw new UsageError(`This cannot be undone. Say the tenant once more: --confirm ${of}`)
  if (!path) throw new UsageError('Say where what remains is kept: --certificate FILE')
  if (Boolean(folder) === Boolean(o['without-export'])) {
    throw new UsageError('Name the export by --export FOLDER, or say --without-export.')
  }
  const stores = await tenantStores(config)
  const exported = folder ? await readManifest(folder, of) : undefined
  const begun = await readCertificate(path)
  if (begun && (begun.tenant !== of || begun.endedAt)) {
    throw new UsageError(`${path} is the certificate of another deletion: name another file.`)
  }
  if (begun && begun.exported !== (exported?.sha256 ?? null)) {
    throw new UsageError(`${path} was begun with another export: go on with that one.`)
  }
  // Once it has begun there is no way back, whatever has changed meanwhile.
  if (!begun) await refuseUnknown(stores, of)
  if (!begun && exported) await refuseChanged(stores, exported.manifest)
  const masterKeys = await keysFor(config)
  const natsUrl = await natsUrlFor(config)
  const certificate: Certificate = begun ?? newCertificate(of, exported?.sha256 ?? null)
  const keep = () => writeCertificate(path, certificate)
  await deleteTenant(stores, { tenant: of, natsUrl, certificate, keep, tell })
  certificate.endedAt = new Date().toISOString()
  await writeCertificate(path, await sealCertificate(certificate, masterKeys))
  console.log(`All data of "${of}" are removed. ${path} is the proof; keep it apart from the platform.`)
  return 0
}

const verify = async (path: string, config: CliConfig) => {
  const certificate = await readCertificate(path)
  if (!certificate) throw new UsageError(`There is no ${path}.`)
  const genuine = await isGenuine(certificate, await masterKeysFor(config))
  console.log(genuine ? `${path} is as it was sealed at ${certificate.endedAt}.` : `${path} is not what was sealed.`)
  return genuine ? 0 : 1
}
