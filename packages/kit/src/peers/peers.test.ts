import { glob, readdir, readFile } from 'node:fs/promises'
import { loadConfig } from '../config/config.js'
import { peerSettings, peerUrls } from './peers.js'

test('peers are those that the environment names', () => {
  const env = {
    SUBGRAPH_SURVEYS_URL: 'http://surveys:4000/graphql',
    SUBGRAPH_PLANNING_URL: 'http://planning',
    SUBGRAPH_OFF_URL: '',
    NATS_URL: 'nats://x',
  }
  expect(peerUrls(loadConfig(peerSettings(env), env))).toEqual([
    ['surveys', 'http://surveys:4000/graphql'],
    ['planning', 'http://planning'],
  ])
})

test('a peer that is at no URL is told by the name of its variable', () => {
  const env = { SUBGRAPH_SURVEYS_URL: 'surveys' }
  expect(() => loadConfig(peerSettings(env), env)).toThrow('SUBGRAPH_SURVEYS_URL')
})

test('the kit knows no service by name', async () => {
  const root = new URL('../', import.meta.url)
  const services = await readdir(new URL('../../../../services/', import.meta.url))
  expect(services.length).toBeGreaterThan(0)
  const word = new RegExp(`['"\`](${services.join('|')})['"\`]|\\b(${services.join('|').toUpperCase()})_`)
  const naming: string[] = []
  for await (const file of glob('**/*.ts', { cwd: root })) {
    if (/\.test\.ts$/.test(file)) continue
    if (word.test(await readFile(new URL(file, root), 'utf8'))) naming.push(file)
  }
  expect(naming).toEqual([])
})
