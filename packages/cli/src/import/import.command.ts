import { createApi } from '../api/api.js'
import { openSession } from '../api/session.js'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { parseOptions } from '../options.js'
import { stopSignal } from '../stop-signal.js'
import { countText } from './counts-by-reason.js'
import { importHelp } from './import.help.js'
import { delimiters, isEncoding } from './mapping/mapping-format.js'
import { ratesText, runRates } from './rates/rates.command.js'
import { type ImportOptions, type ImportSummary, runImport } from './run-import.js'

/** Imports customers, purchases or exchange rates from CSV through the API. */
export const importFile: Command = {
  name: 'import',
  summary: 'Import customers, purchases or exchange rates from a CSV file',
  help: importHelp,
  run: async (args) => {
    const json = args.includes('--json')
    const stop = stopSignal()
    try {
      if (args.find((arg) => kinds.includes(arg)) === 'rates') {
        const summary = await runRates(args, stop.signal)
        if (json) console.log(JSON.stringify(summary))
        console.error(ratesText(summary))
        return exitCode(summary)
      }
      const summary = await runImport({ ...(await readOptions(args)), signal: stop.signal })
      if (json) console.log(JSON.stringify(summary))
      console.error(summaryText(summary))
      return exitCode(summary)
    } catch (error) {
      return tellFailure(error, json)
    } finally {
      stop.release()
    }
  },
}

const kinds = ['customers', 'purchases', 'rates']

const exitCode = ({ stopped, rejectedRows }: { stopped: boolean; rejectedRows: number }) =>
  stopped ? 130 : rejectedRows ? 3 : 0

const signs: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '\\t': 'tab' }

const readOptions = async (args: string[]): Promise<Omit<ImportOptions, 'signal'>> => {
  const { values, positionals } = parseOptions('import', {
    args,
    allowPositionals: true,
    options: {
      map: { type: 'string' },
      lines: { type: 'string' },
      errors: { type: 'string' },
      encoding: { type: 'string' },
      delimiter: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      url: { type: 'string' },
      token: { type: 'string' },
      as: { type: 'string' },
    },
  })
  const [what, file, ...others] = positionals
  if (what !== 'customers' && what !== 'purchases') {
    throw new UsageError('Say what to import: clientele import customers FILE, … purchases FILE, or … rates FILE.')
  }
  if (!file || others.length) throw new UsageError('Name one file to import.')
  if (!values.map) throw new UsageError('--map is missing: the mapping from columns to fields, a YAML file.')
  if (values.lines !== undefined && what === 'customers') throw new UsageError('--lines belongs to purchases.')
  if (values.encoding && !isEncoding(values.encoding)) {
    throw new UsageError(
      `--encoding: there is no encoding "${values.encoding}". There are utf-8, gb18030, windows-1252 …`,
    )
  }
  const delimiter = delimiters.find((name) => name === (signs[values.delimiter ?? ''] ?? values.delimiter))
  if (values.delimiter && !delimiter) throw new UsageError(`--delimiter is one of ${delimiters.join(', ')}.`)
  return {
    what,
    file,
    map: values.map,
    lines: values.lines,
    errors: values.errors,
    encoding: values.encoding,
    delimiter,
    dryRun: values['dry-run'],
    api: createApi(await openSession(values, readConfig())),
  }
}

/** How many reasons are told at the end; the error file has the rest. */
const mostReasons = 12

const summaryText = (summary: ImportSummary) => {
  const { imported, created, updated, unchanged, rejected, lines, warnings, seconds, rows } = summary
  const notes = [
    imported === 'purchases' && `${lines} lines in the accepted purchases.`,
    warnings > 0 && `Kept as written and marked, such as telephone numbers that cannot be read: ${warnings} values.`,
    ...summary.marked.map((marked) => countText(marked, 'value')),
    ...summary.refused.slice(0, mostReasons).map((refused) => countText(refused, 'row')),
    summary.refused.length > mostReasons && `  … and ${summary.refused.length - mostReasons} more, in the error file`,
    summary.errorFile && `What was not accepted is in ${summary.errorFile}: correct it there and import that file.`,
    summary.linesErrorFile && `Refused lines are in ${summary.linesErrorFile}: correct and import them with --lines.`,
    summary.dryRun && 'This was a dry run: nothing has been changed.',
    summary.stopped && 'Stopped. To go on, run the same command again: what is in already stays as it is.',
  ]
  const told = `${imported}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected (${rows} rows, ${seconds.toFixed(1)} s)`
  return [told, ...notes.filter(Boolean)].join('\n')
}
