import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { committedSupergraph } from './supergraph/committed-supergraph.js'
import { composeFolder } from './supergraph/compose.js'

const { sdl, services, errors, hints } = await composeFolder(fileURLToPath(new URL('../../services', import.meta.url)))
for (const hint of hints) console.warn(`hint  ${hint}`)
for (const error of errors) console.error(`error ${error}`)
if (sdl) {
  await writeFile(committedSupergraph, sdl)
  console.log(`supergraph.graphql: ${services.join(', ')}`)
} else {
  console.error('The schemas do not compose; supergraph.graphql is as it was.')
  process.exitCode = 1
}
