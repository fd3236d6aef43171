import { UsageError } from '../command.js'
import type { CliConfig } from '../config.js'

/** Which setting moves the port of a part, and which one replaces that part by a real one. */
const parts = [
  ['PORT', undefined],
  ['CLIENTELE_POSTGRES_PORT', 'DATABASE_URL'],
  ['CLIENTELE_NATS_PORT', 'NATS_URL'],
  ['CLIENTELE_ISSUER_PORT', 'OIDC_ISSUER_URL'],
  ['METRICS_PORT', undefined],
] as const

/** Throws UsageError when two of the parts that we start ourselves would listen on the same port. */
export const refuseSharedPorts = (config: CliConfig) => {
  const holders = new Map<number, string>()
  for (const [setting, real] of parts) {
    if (real && config[real]) continue
    const port = config[setting]
    // The system gives every part that asks for port 0 one of its own.
    if (!port) continue
    const holder = holders.get(port)
    if (holder) throw new UsageError(`${holder} and ${setting} are both ${port}. Give each its own port.`)
    holders.set(port, setting)
  }
}
