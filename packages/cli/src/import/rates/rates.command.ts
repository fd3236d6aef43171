import { createApi } from '../../api/api.js'
import { openSession } from '../../api/session.js'
import { UsageError } from '../../command.js'
import { readConfig } from '../../config.js'
import { parseOptions } from '../../options.js'
import { isEncoding } from '../mapping/mapping-format.js'
import { importRates, type RatesSummary } from './import-rates.js'
import { isCurrency, isSource } from './rate-columns.js'

/** `clientele import rates FILE`: reads its options and imports. */
export const runRates = async (args: string[], signal: AbortSignal): Promise<RatesSummary> => {
  const { values, positionals } = parseOptions('import', {
    args,
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      base: { type: 'string' },
      errors: { type: 'string' },
      encoding: { type: 'string', default: 'auto' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      url: { type: 'string' },
      token: { type: 'string' },
      as: { type: 'string' },
    },
  })
  const [, file, ...others] = positionals
  if (!file || others.length) throw new UsageError('Name one file to import.')
  if (!isEncoding(values.encoding)) throw new UsageError(`--encoding: there is no encoding "${values.encoding}".`)
  if (values.base && !isCurrency(values.base)) throw new UsageError(`--base: there is no currency "${values.base}".`)
  if (values.source && !isSource(values.source))
    throw new UsageError('--source takes a code such as ecb or bank.daily.')
  return importRates({
    file,
    format: { delimiter: 'auto', encoding: values.encoding, nulls: [] },
    source: values.source,
    base: values.base,
    errors: values.errors,
    dryRun: values['dry-run'],
    api: createApi(await openSession(values, readConfig(), 'admin')),
    signal,
  })
}

export const ratesText = ({
  source,
  rows,
  recorded,
  unchanged,
  rejectedRows,
  errorFile,
  dryRun,
  stopped,
}: RatesSummary) =>
  [
    `rates of ${source}: ${recorded} recorded, ${unchanged} unchanged, ${rejectedRows} rows rejected (${rows} rows)`,
    errorFile && `What was not accepted is in ${errorFile}: correct it there and import that file.`,
    dryRun && 'This was a dry run: nothing has been changed.',
    stopped && 'Stopped. To go on, run the same command again: what is in already stays as it is.',
  ]
    .filter(Boolean)
    .join('\n')
