import { spawn } from 'node:child_process'

// A terminal sends Ctrl-C to the program as well. Passed on as SIGINT it would come twice, which ends a program that is still putting
// things in order; SIGTERM beside it asks for the same and does no harm.
const passedOn = { SIGTERM: 'SIGTERM', SIGHUP: 'SIGHUP', SIGINT: 'SIGTERM' }

/** Runs a program in place of this one: on the same streams, told of the signals that end this one, and this one ends as it does. */
export const runInstead = (program, args) => {
  const child = spawn(program, args, { stdio: 'inherit' })
  let told
  for (const [signal, sent] of Object.entries(passedOn)) {
    process.on(signal, () => {
      told = signal
      child.kill(sent)
    })
  }
  child.on('error', (error) => {
    console.error(`${program} cannot be run (${error.code}).`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    const ending = signal === passedOn[told] ? told : signal
    process.removeAllListeners(ending)
    process.kill(process.pid, ending)
  })
}
