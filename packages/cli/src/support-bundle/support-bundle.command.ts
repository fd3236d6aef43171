import { resolve } from 'node:path'
import { type Command, UsageError } from '../command.js'
import { parseOptions } from '../options.js'
import { serviceNames } from '../services-by-name.js'

const usualLines = 2_000

/** Puts together what somebody who is to help must know, without secrets and without personal data. */
export const supportBundle: Command = {
  name: 'support-bundle',
  summary: 'Put together what somebody who helps must know, without secrets and personal data',
  help: `clientele support-bundle [gateway|${serviceNames.join('|')}] [--out FILE.tar.gz] [--log FILE]… [--lines N] [--metrics URL]

Writes one file with the versions, the settings, what clientele doctor finds, the state of databases and of the stream in
numbers, the metrics, and the end of log files. Settings are told only where they are known to be no secret, of URLs the
server alone. No row of a customer is read. Lines of a log go through the redaction of the log once more; what is no line of
ours is left out. Look into it before you give it to anybody.

  --out      where to write; by default clientele-support-TIME.tar.gz in this folder. A file that is there stays;
             --out=- is standard output, as for a container whose disk is read only
  --log      a file with the log of a process; may be given several times
  --lines    how many lines of the end of each, 1 to 100000, default ${usualLines}
  --metrics  where /metrics is; by default at METRICS_PORT of this machine, where that is set

Settings (environment): those of clientele serve --help. What cannot be reached is left out, and the bundle says why.

Exit code: 0 written, 1 failed, 2 used wrongly.`,
  endsAtOnce: true,
  run: async (args) => {
    const { values, positionals } = parseOptions('support-bundle', {
      args,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        log: { type: 'string', multiple: true, default: [] },
        lines: { type: 'string', default: String(usualLines) },
        metrics: { type: 'string' },
      },
    })
    const [name, ...more] = positionals
    if (more.length) throw new UsageError(`clientele support-bundle takes one part: it takes no "${more[0]}".`)
    if (!/^[1-9]\d{0,4}$|^100000$/.test(values.lines)) throw new UsageError('--lines needs a number from 1 to 100000.')
    if (values.metrics !== undefined && !URL.canParse(values.metrics)) throw new UsageError('--metrics needs a URL.')
    const { environment } = await import('@clientele/kit/client')
    const { partNamed } = await import('../doctor/part.js')
    const { bundleOf } = await import('./bundle.js')
    const { writeArchive } = await import('./archive.js')
    const now = new Date()
    const logs = { files: values.log, lines: Number(values.lines) }
    const part = await partNamed(name, environment())
    const files = await bundleOf(part, environment(), { logs, metrics: values.metrics, now })
    const usual = `clientele-support-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.tar.gz`
    const out = values.out === '-' ? '-' : resolve(values.out ?? usual)
    await writeArchive(out, files, now)
    const tell = out === '-' ? console.error : console.log
    tell(
      `${out}\n${[...files.keys()].map((file) => `  ${file}`).join('\n')}\nLook into it before you give it to anybody.`,
    )
    return 0
  },
}
