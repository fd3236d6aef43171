import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { committed, lastRelease, workingTree } from './revision.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clientele-release-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], { cwd: folder })

const commit = (...tags: string[]) => {
  git('add', '.')
  git('commit', '--quiet', '--allow-empty', '--message', 'A version')
  for (const tag of tags) git('tag', tag)
}

test('the last release is the highest version in this history, not the one that is being released, nor a candidate', async () => {
  git('init', '--quiet')
  commit()
  expect(await lastRelease(folder)).toBeUndefined()
  commit('v1.9.0', 'v1.10.0-rc.1')
  expect(await lastRelease(folder)).toBeUndefined()
  commit('v1.10.0')
  commit('v1.11.0-rc.1', 'unrelated')
  expect(await lastRelease(folder)).toBe('v1.10.0')
  commit('v1.11.0')
  expect(await lastRelease(folder)).toBe('v1.10.0')
})

test('a release is read from the history, also where the file is changed or gone since', async () => {
  git('init', '--quiet')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write('services/客户/schema.graphql', 'type Query { one: Int }')
  write('other.txt', '')
  commit('v1.0.0')
  write('services/客户/schema.graphql', 'type Query { two: Int }')
  const release = await committed(folder, 'v1.0.0')
  expect(await release.list('services')).toEqual(['services/客户/schema.graphql'])
  expect(await release.read('services/客户/schema.graphql')).toBe('type Query { one: Int }')
  expect(await workingTree(folder).read('services/客户/schema.graphql')).toBe('type Query { two: Int }')
  expect(await release.read('none')).toBeUndefined()
  cpSync(join(folder, 'other.txt'), join(folder, 'services', 'copy.txt'))
  expect((await workingTree(folder).list('services')).sort()).toEqual([
    'services/copy.txt',
    'services/客户/schema.graphql',
  ])
})
