import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, type Progress, serviceClient, startChild, untilReady } from '@clientele/embedded'
import type { DatabaseUrls } from '@clientele/kit'
import { ensureSeeded, tenantCount } from '../seed/seed.js'
import { audience, type Backing, startBacking } from '../surroundings/backing.js'
import type { Person } from './sender.js'
import type { Subject } from './subject.js'

const program = fileURLToPath(new URL('../../../packages/cli/bin/clientele.js', import.meta.url))

/** More than a run lasts. */
const expiresIn = '24h'

const roles = ['manager', 'sales', 'service', 'analyst'] as const

/**
 * Starts `clientele serve` as in production, with relay, consumers and jobs, beside a PostgreSQL that waits for its disk, a nats-server and the
 * development issuer, on seeded data. What runs write stays there until the next seed: `fresh`, or another day.
 */
export const startEmbedded = async (
  { home, customers, fresh }: { home: string; customers: number; fresh: boolean },
  progress: Progress,
): Promise<Subject> => {
  progress('starting PostgreSQL, nats-server and the issuer')
  const backing = await startBacking(home, progress, { durable: true })
  try {
    // The clock is the real one, so what is planned in the seed must not have been due for months.
    const today = new Date(new Date().toISOString().slice(0, 10))
    const seed = { customers, fresh, progress, now: today, copy: false }
    const { databases } = await ensureSeeded(backing.postgres.url, seed)
    const people: Person[] = []
    for (let tenant = 1; tenant <= tenantCount; tenant++) {
      for (const role of roles) people.push({ role, source: { token: await tokenOf(backing, role, tenant) } })
    }
    const serving = await serve(home, backing, databases)
    progress('the platform is ready')
    return {
      url: serving.url,
      people,
      metrics: [serving.metrics],
      database: backing.postgres.url,
      postgresPid: backing.postgres.pid,
      importer: () => tokenOf(backing, 'admin', 1),
      stop: async () => {
        await serving.stop()
        await backing.stop()
      },
    }
  } catch (error) {
    await backing.stop()
    throw error
  }
}

const tokenOf = ({ issuer }: Backing, as: string, tenant: number) =>
  issuer.token({ as, tenant: `tenant-${String(tenant).padStart(2, '0')}`, expiresIn })

const serve = async (home: string, backing: Backing, databases: Record<string, DatabaseUrls>) => {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const [url, metrics] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${metricsPort}/metrics`]
  const log = join(resolve(home), 'serve.log')
  const child = await startChild({
    name: 'clientele serve',
    run: { command: process.execPath, args: [program, 'serve'] },
    log,
    env: {
      ...{ PORT: String(port), METRICS_PORT: String(metricsPort), RATE_LIMITS: 'off', LOG_LEVEL: 'warn' },
      ...{ NATS_URL: backing.nats.url, CLIENTELE_MASTER_KEY_FILE: backing.masterKeyFile },
      ...{ OIDC_ISSUER_URL: backing.issuer.issuer, OIDC_AUDIENCE: audience },
      ...Object.assign({}, ...Object.entries(databases).map(([name, urls]) => ofService(backing, name, urls))),
    },
    stopSignals: ['SIGTERM', 'SIGKILL'],
  })
  const isReady = async () => (await fetch(`${url}/readyz`)).ok
  await untilReady(child, { name: 'clientele serve', log }, isReady).catch(async (error) => {
    await child.stop()
    throw error
  })
  return { url, metrics, stop: () => child.stop() }
}

const ofService = ({ issuer }: Backing, name: string, { url, ownerUrl, systemUrl }: DatabaseUrls) => {
  const prefix = name.toUpperCase()
  return {
    [`${prefix}_DATABASE_URL`]: url,
    [`${prefix}_DATABASE_OWNER_URL`]: ownerUrl,
    [`${prefix}_DATABASE_SYSTEM_URL`]: systemUrl,
    [`${prefix}_OIDC_CLIENT_ID`]: serviceClient(name),
    [`${prefix}_OIDC_CLIENT_SECRET`]: issuer.clientSecret(serviceClient(name)),
  }
}
