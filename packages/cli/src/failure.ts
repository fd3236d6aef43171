import { ClienteleError, ConfigError } from '@clientele/kit/client'
import { ApiError } from './api/api-error.js'
import { UsageError } from './command.js'
import { MappingError } from './import/mapping/mapping-fault.js'

/**
 * Tells on standard error why a command failed, with its code; with `json` also on standard output, as `{"error": …}`.
 * Returns the exit code: 2 for what the user can put right, else 1. Throws what nobody expected.
 */
export const tellFailure = (error: unknown, json: boolean): number => {
  if (!(error instanceof ClienteleError || error instanceof ApiError || error instanceof UsageError)) throw error
  const { code = 'INVALID', reason, fields = [] } = error as Partial<ClienteleError>
  const name = reason === undefined ? code : `${code} ${reason}`
  console.error(error instanceof UsageError ? error.message : `${name}: ${error.message}`)
  if (error instanceof ApiError) {
    for (const { path, reason: why, message } of fields) console.error(`  ${path}  ${why}  ${message}`)
    if (reason === 'network')
      console.error('Is the address right (--url, CLIENTELE_URL), and does Clientele run there?')
  }
  if (json) console.log(JSON.stringify({ error: { code, reason, message: error.message, fields } }))
  return error instanceof UsageError || error instanceof MappingError || error instanceof ConfigError ? 2 : 1
}

declare module '@clientele/kit' {
  interface OperatorReasons
    extends Record<
      | `mapping.${string}`
      | 'file.empty'
      | 'file.encoding'
      | 'file.gzip'
      | 'file.header'
      | 'file.ratio'
      | 'file.too_large',
      true
    > {}
}
