import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const settings = `${root}packages/kit/memory.env`

/** The most that a process's young generation grew to while it kept objects, in MB. */
const youngGeneration = (NODE_OPTIONS?: string) => {
  const program = `
    const kept = []
    let most = 0
    for (let at = 0; at < 1_000_000; at++) {
      kept[at % 60_000] = { at, texts: [String(at)] }
      if (at % 50_000) continue
      const { space_size } = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
      most = Math.max(most, space_size)
    }
    console.log(most / 2 ** 20)`
  const { NODE_OPTIONS: _, ...env } = process.env
  const given = NODE_OPTIONS === undefined ? env : { ...env, NODE_OPTIONS }
  return Number(execFileSync(process.execPath, [`--env-file=${settings}`, '-e', program], { env: given }))
}

test('a young generation has two halves of 8 MB, unless the environment says otherwise', () => {
  // V8 may hold a page more for a moment.
  expect(Math.floor(youngGeneration())).toBe(16)
  expect(Math.floor(youngGeneration('--max-semi-space-size=1'))).toBe(2)
})
