import { readdirSync, readFileSync } from 'node:fs'
import { helm, kubectl, makeNamespace, run } from './programs.js'

const folder = new URL('../../charts/clientele/examples/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')
const isOfChart = (file: string) => /^publicUrl:/m.test(textOf(file))
/** Values of another project's chart, and an operator whose kinds no Go module has. */
const notHere = ['nats.values.yaml', 'keycloak.yaml']
const objects = files.filter((file) => !isOfChart(file) && !notHere.includes(file))

/** Each object says its own namespace. */
const tryOut = (manifest: string) => run('kubectl', ['apply', '--server-side', '--dry-run=server', '-f', '-'], manifest)

beforeAll(async () => {
  await run('infra/cluster/definitions.sh', [])
  for (const name of ['argocd', 'clientele']) await makeNamespace(name)
})
afterAll(() => kubectl('delete', 'namespace', 'argocd', 'clientele', '--wait=false'))

test('there are examples of both kinds', () => {
  expect(objects.length).toBeGreaterThan(4)
  expect(files.length - objects.length - notHere.length).toBeGreaterThan(4)
})

test.each(objects)('%s is taken by the server', async (file) => {
  expect(await tryOut(textOf(file))).toContain('serverside-applied')
})

test.each(files.filter(isOfChart))('what the chart makes of %s is taken by the server', async (file) => {
  const given = ['-f', `charts/clientele/examples/${file}`, '--kube-version', '1.36.0']
  expect(await tryOut(await helm('template', 'clientele', 'charts/clientele', '-n', 'clientele', ...given))).toContain(
    'deployment',
  )
})

test.each(['together', 'apart'])('everything that the chart can make, %s, is taken by the server', async (topology) => {
  const given = [
    '-f',
    'charts/clientele/tests/values/everything.yaml',
    '--set',
    `topology=${topology}`,
    '--kube-version',
    '1.36.0',
  ]
  const manifest = await helm('template', 'clientele', 'charts/clientele', '-n', 'clientele', ...given)
  const taken = await tryOut(manifest)
  for (const kind of ['httproute', 'servicemonitor', 'ingress', 'horizontalpodautoscaler'])
    expect(taken).toContain(kind)
  const keda =
    manifest &&
    (await helm(
      'template',
      'clientele',
      'charts/clientele',
      '-n',
      'clientele',
      ...given,
      '--set',
      'defaults.autoscaling.type=keda',
    ))
  expect(await tryOut(keda)).toContain('scaledobject')
})
