#!/usr/bin/env node
// The repository brings its own Node 24: when the one on the PATH is older, this file runs itself again with that.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runInstead } from './run-instead.js'

const here = fileURLToPath(import.meta.url)
const entry = join(dirname(here), '../dist/main.js')

if (Number(process.versions.node.split('.')[0]) >= 24) {
  if (!existsSync(entry)) fail('Clientele is not built yet. Run: npm run build')
  if (['start', 'serve'].includes(process.argv[2])) setMemory()
  endWhereFirst()
  await import(entry)
} else {
  const node = ownNode()
  if (!node) {
    fail(
      `Clientele needs Node 24 or newer; this is ${process.version}. No Node 24 came with npm ci for this platform: install it from https://nodejs.org, then run this again.`,
    )
  }
  runInstead(node, [here, ...process.argv.slice(2)])
}

/** Becomes the same process with the memory settings of those that serve. V8 reads them when it starts, so they cannot be set later. */
function setMemory() {
  if (process.env.NODE_OPTIONS !== undefined || process.platform === 'win32') return
  const settings = join(dirname(here), '../../kit/memory.env')
  const options = [`--env-file=${settings}`, ...process.execArgv]
  process.execve(process.execPath, [process.execPath, ...options, here, ...process.argv.slice(2)], process.env)
}

/** Nothing ends the first process of a container unless it listens: a signal that comes before, or that no command listens to, ends this one too. */
function endWhereFirst() {
  if (process.pid !== 1) return
  for (const [signal, number] of Object.entries({ SIGINT: 2, SIGTERM: 15 })) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + number)
    })
  }
}

function ownNode() {
  try {
    const manifest = createRequire(here).resolve(`node-${process.platform}-${process.arch}/package.json`)
    const node = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(node) ? node : undefined
  } catch {
    return undefined
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
