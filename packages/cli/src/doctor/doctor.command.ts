import { type Command, UsageError } from '../command.js'
import { parseOptions } from '../options.js'
import { serviceNames } from '../services-by-name.js'

/** Looks at everything around a process, before it is installed and after. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'Check settings, databases, NATS, issuer, keys and files, and say what to do',
  help: `clientele doctor [gateway|${serviceNames.join('|')}] [--json]

With the settings of clientele serve, of all parts in one process or of the one that is named, looks at what is around
it: before the first start, after an upgrade, or when something is wrong. All checks run side by side and none waits longer
than 5 seconds for an answer, so that it ends also where nothing answers. Each line is a check, how it stands, what was found
and what to do.

  ok       as it should be
  warning  works, or will once it is started; look at it
  fault    keeps Clientele from starting or from doing its work

It only reads, but for a file of its own that it puts into the store of files and removes again, and prints no secret.
Where settings are wrong, those that are right are looked at all the same.

  --json  JSON on standard output: {"version": …, "part": …, "findings": [{"check", "state", "found", "remedy"}]}

Settings (environment): those of clientele serve --help.

Exit code: 0 no fault, 1 a fault, 2 used wrongly.`,
  // Whoever did not answer in time must not keep the command from ending.
  endsAtOnce: true,
  run: async (args) => {
    const { values, positionals } = parseOptions('doctor', {
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    const [name, ...more] = positionals
    if (more.length)
      throw new UsageError(`clientele doctor looks at one part, or all of them: it takes no "${more[0]}".`)
    const { environment } = await import('@clientele/kit/client')
    const { partNamed } = await import('./part.js')
    const { diagnose } = await import('./diagnose.js')
    const { reportText } = await import('./report-text.js')
    const diagnosis = await diagnose(await partNamed(name, environment()), environment())
    console.log(values.json ? JSON.stringify(diagnosis) : reportText(diagnosis.findings))
    return diagnosis.findings.some(({ state }) => state === 'fault') ? 1 : 0
  },
}
