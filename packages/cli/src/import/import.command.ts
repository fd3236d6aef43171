import { parseArgs } from 'node:util'
import { createApi } from '../api/api.js'
import { openSession } from '../api/session.js'
import { type Command, UsageError } from '../command.js'
import { readConfig } from '../config.js'
import { tellFailure } from '../failure.js'
import { stopSignal } from '../stop-signal.js'
import { importHelp } from './import.help.js'
import { delimiters, isEncoding } from './mapping/mapping-format.js'
import { type ImportOptions, type ImportSummary, runImport } from './run-import.js'

/** Imports customers or purchases from CSV through the API. */
export const importFile: Command = {
  name: 'import',
  summary: 'Import customers or purchases from a CSV file',
  help: importHelp,
  run: async (args) => {
    const json = args.includes('--json')
    const stop = stopSignal()
    try {
      const summary = await runImport({ ...(await readOptions(args)), signal: stop.signal })
      if (json) console.log(JSON.stringify(summary))
      console.error(summaryText(summary))
      if (summary.stopped) return 130
      return summary.rejectedRows ? 3 : 0
    } catch (error) {
      return tellFailure(error, json)
    } finally {
      stop.release()
    }
  },
}

const signs: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '\\t': 'tab' }

const readOptions = async (args: string[]): Promise<Omit<ImportOptions, 'signal'>> => {
  const { values, positionals } = parseArgs({
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
    throw new UsageError('Say what to import: clientele import customers FILE, or clientele import purchases FILE.')
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

const summaryText = (summary: ImportSummary) => {
  const { imported, created, updated, unchanged, rejected, lines, warnings, seconds, rows } = summary
  const notes = [
    imported === 'purchases' && `${lines} lines in the accepted purchases.`,
    warnings > 0 && `Kept as written and marked: ${warnings} values, such as telephone numbers that cannot be read.`,
    summary.errorFile && `What was not accepted is in ${summary.errorFile}: correct it there and import that file.`,
    summary.linesErrorFile && `Refused lines are in ${summary.linesErrorFile}.`,
    summary.dryRun && 'This was a dry run: nothing has been changed.',
    summary.stopped && 'Stopped. To go on, run the same command again: what is in already stays as it is.',
  ]
  const told = `${imported}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected (${rows} rows, ${seconds.toFixed(1)} s)`
  return [told, ...notes.filter(Boolean)].join('\n')
}
