#!/usr/bin/env node
// Writes the SDL of the service that the current package exports from dist/service.js to schema.graphql.
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { buildSubgraph } from '../dist/index.js'

const module = await import(pathToFileURL(`${process.cwd()}/dist/service.js`).href)
const service = Object.values(module).find((value) => value?.resolvers && value?.migrations)
if (!service) throw new Error('dist/service.js exports no service: build it first')
await writeFile('schema.graphql', buildSubgraph(service).sdl)
