/**
 * Records what a real API server answers to the manifests of demo/api/openapi/testing, which the embedded server is
 * held to. Works in a namespace of its own, which stays:
 *
 *     node scripts/record-answers.ts --kubeconfig FILE
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import type { Manifest } from '../demo/api/openapi/testing/manifest.ts'
import { NAMESPACE } from '../demo/api/openapi/testing/manifest.ts'
import { MANIFESTS } from '../demo/api/openapi/testing/manifests.ts'
import { shortened, stable } from '../demo/api/openapi/testing/stable.ts'

const OUT = new URL('../demo/api/openapi/testing/original-answers.json', import.meta.url)
const { values } = parseArgs({ options: { kubeconfig: { type: 'string' } } })
if (!values.kubeconfig) throw new Error('give --kubeconfig')

interface Config {
  clusters: [{ cluster: { server: string; 'certificate-authority-data': string } }]
  users: [{ user: Record<string, string | undefined> }]
}
const shown = execFileSync('kubectl', ['config', 'view', '--raw', '--kubeconfig', values.kubeconfig])
const { clusters, users } = parse(shown.toString()) as Config
const [{ cluster }] = clusters
const [{ user }] = users
const decoded = (text: string | undefined) => (text ? { value: Buffer.from(text, 'base64') } : undefined)
const cert = decoded(user['client-certificate-data'])?.value
const key = decoded(user['client-key-data'])?.value
const agent = new Agent({
  keepAlive: true,
  ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
  ...(cert && { cert }),
  ...(key && { key }),
})

interface Reply {
  code: number
  warnings: string
  body: unknown
}

function send(
  method: string,
  path: string,
  body?: unknown,
  contentType = 'application/json',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': contentType,
      ...(user.token && { authorization: `Bearer ${user.token}` }),
    }
    const sent = request(cluster.server + path, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const warnings = response.headers.warning ?? ''
        resolve({ code: response.statusCode ?? 0, warnings, body: JSON.parse(text) })
      })
    })
    sent.on('error', reject)
    sent.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}

async function answered(manifest: Manifest): Promise<[string, unknown]> {
  const { name, before = [], method, path, body, contentType } = manifest
  for (const [collection, object] of before) {
    const made = await send('POST', collection, object)
    if (made.code !== 201) throw new Error(`${name}: ${JSON.stringify(made)}`)
  }
  const { code, warnings, body: answer } = await send(method, path, body, contentType)
  for (const [collection, object] of before) {
    await send('DELETE', `${collection}/${object.metadata.name}?gracePeriodSeconds=0`)
  }
  return [name, shortened({ code, ...(warnings && { warnings }), body: stable(answer) })]
}

await send('POST', '/api/v1/namespaces', {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: NAMESPACE },
})
// Pods need an account, which a controller makes.
const account = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/default`
while ((await send('GET', account)).code !== 200) await setTimeout(100)
const lines: string[] = []
for (const manifest of MANIFESTS) {
  const [name, answer] = await answered(manifest)
  lines.push(`${JSON.stringify(name)}:${JSON.stringify(answer)}`)
}
writeFileSync(OUT, `{\n${lines.join(',\n')}\n}\n`)
agent.destroy()
console.log(`${lines.length} answers`)
