import { glob, readFile, writeFile } from 'node:fs/promises'
import { defaultLimits } from './limits/limits.js'
import { makeManifest } from './operations/manifest.js'

const usage = 'node dist/write-manifest.js MANIFEST PATTERN…, for example: trusted.json "web/src/**/*.graphql"'

/** Writes the manifest of the operations in a client's GraphQL files, and prints each one's id. */
async function main([target, ...patterns]: string[]): Promise<void> {
  if (!target || patterns.length === 0) throw new Error(`Usage: ${usage}`)
  const names: string[] = []
  for await (const name of glob(patterns)) names.push(name)
  const files = await Promise.all(names.sort().map(async (name) => ({ name, text: await readFile(name, 'utf8') })))
  const manifest = makeManifest(files, defaultLimits)
  await writeFile(target, `${JSON.stringify(manifest, null, 2)}\n`)
  for (const [hash, text] of Object.entries(manifest)) {
    console.log(`sha256:${hash} ${/^\w+ \w+/.exec(text)?.[0]}`)
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
