import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const packageFile = (name: string, file: string) => join(dirname(require.resolve(`${name}/package.json`)), file)
const own = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const assets: Record<string, { file: string; type: string }> = {
  '/playground/react.js': { file: packageFile('react', 'umd/react.production.min.js'), type: 'text/javascript' },
  '/playground/react-dom.js': {
    file: packageFile('react-dom', 'umd/react-dom.production.min.js'),
    type: 'text/javascript',
  },
  '/playground/graphiql.js': { file: packageFile('graphiql', 'graphiql.min.js'), type: 'text/javascript' },
  '/playground/graphiql.css': { file: packageFile('graphiql', 'graphiql.min.css'), type: 'text/css' },
  '/playground/boot.js': { file: own('playground/boot.js'), type: 'text/javascript' },
  '/playground/page.css': { file: own('playground/page.css'), type: 'text/css' },
}

// GraphiQL sets style attributes and carries its fonts and icons as data URLs; nothing comes from another host.
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** One tab of the playground. */
export interface Sample {
  name: string
  query: string
  variables?: string
}

/** The queries in `samples/`, in order of their file names; a `.json` beside one holds its variables. */
export async function readSamples(dir = own('samples')): Promise<Sample[]> {
  const files = (await readdir(dir)).sort()
  const samples = files.filter((file) => file.endsWith('.graphql'))
  return Promise.all(
    samples.map(async (file) => {
      const name = file.slice(0, -'.graphql'.length)
      const query = await readFile(join(dir, file), 'utf8')
      if (!files.includes(`${name}.json`)) return { name, query }
      return { name, query, variables: await readFile(join(dir, `${name}.json`), 'utf8') }
    }),
  )
}

/**
 * Serves GraphiQL from the packages on this disk. Returns false for a request that is not for it.
 * With `token`, its headers editor holds that token; such a page is for this machine under its own names only, so that no
 * foreign name that resolves here can read it.
 */
export function createPlayground({ token }: { token?: (() => Promise<string>) | undefined } = {}) {
  return async (request: IncomingMessage, path: string, response: ServerResponse): Promise<boolean> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    const asset = Object.hasOwn(assets, path) ? assets[path] : undefined
    if (asset) {
      response.setHeader('content-type', `${asset.type}; charset=utf-8`)
      response.end(await readFile(asset.file))
      return true
    }
    if (path !== '/' || !request.headers.accept?.includes('text/html')) return false
    const granted = token && isFromHere(request) ? await token() : undefined
    response.setHeader('content-security-policy', contentPolicy)
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(page(await readSamples(), granted))
    return true
  }
}

function isFromHere({ headers, socket }: IncomingMessage): boolean {
  const isLocalName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '')
  return isLocalName && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')
}

function page(samples: Sample[], token: string | undefined): string {
  const headers = token ? JSON.stringify({ authorization: `Bearer ${token}` }, null, 2) : undefined
  const settings = JSON.stringify({ samples, headers }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Clientele</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/playground/graphiql.css">
<link rel="stylesheet" href="/playground/page.css">
</head>
<body>
<div id="graphiql"></div>
<script type="application/json" id="settings">${settings}</script>
<script src="/playground/react.js"></script>
<script src="/playground/react-dom.js"></script>
<script src="/playground/graphiql.js"></script>
<script src="/playground/boot.js"></script>
</body>
</html>
`
}
