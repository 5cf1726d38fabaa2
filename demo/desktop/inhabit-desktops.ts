import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { parseVMRuntime } from '../../lib/cocoon/vm-runtime.ts'
import { parseVMSpec } from '../../lib/cocoon/vm-spec.ts'
import type { Cache } from '../client/cache.ts'
import { keyOf, refOf } from '../client/resources.ts'
import type { Clock } from '../clock.ts'
import { createDesktop } from './desktop.ts'
import { lookOf } from './scene/looks.ts'
import { newScene } from './scene/scene.ts'
import { serveDesktop, type DesktopServer } from './serve-desktop.ts'

/** What the desktops ask for that ask for a password. */
const PASSWORD = 'cocoon'
/** Where servers in guests listen by convention (contract 8). */
const GUEST_PORT = 5900

export interface DesktopsOptions {
  pods: Cache<Pod>
  /** Addresses that begin otherwise are none of ours. */
  prefix: string
  clock: Clock
  log: (text: string) => void
}

/** Where a pod's screen is to be served, and how; '' when it shows none here. */
function placeOf(pod: Pod, prefix: string): string {
  const { vmID, ip, vncPort } = parseVMRuntime(pod)
  if (pod.metadata?.deletionTimestamp !== undefined || vmID === '' || !ip.startsWith(prefix)) return ''
  const port = vncPort > 0 ? vncPort : parseVMSpec(pod).connType === 'vnc' ? GUEST_PORT : 0
  return port === 0 ? '' : `${ip}:${port}`
}

/**
 * Serves the screens of all pods that show one on the network of the desktops, for as long as they do. A VM whose id holds
 * the word `locked` asks for a password; one with `exclusive` shows itself to one client at a time.
 */
export function inhabitDesktops({ pods, prefix, clock, log }: DesktopsOptions): { close(): Promise<void> } {
  const places = new Map<string, string>()
  const servers = new Map<string, DesktopServer>()
  // One after the other: whoever comes next may have the address of whoever went.
  let turn: Promise<void> = Promise.resolve()

  const begin = async (key: string, pod: Pod, place: string) => {
    const [host = '', port = ''] = place.split(':')
    const { name = '', namespace = '' } = pod.metadata ?? {}
    const { os } = parseVMSpec(pod)
    const { vmID } = parseVMRuntime(pod)
    const scene = newScene(name, `${namespace}  ${os}  ${place}`, lookOf(os, `${namespace}/${name}`))
    const server = await serveDesktop({
      host,
      port: Number(port),
      desktop: createDesktop(scene, clock),
      password: vmID.includes('locked') ? PASSWORD : '',
      exclusive: vmID.includes('exclusive'),
      log,
    })
    servers.set(key, server)
  }
  const end = async (key: string) => {
    const server = servers.get(key)
    servers.delete(key)
    await server?.close()
  }
  const move = (key: string, place: string, pod?: Pod) => {
    if (place === (places.get(key) ?? '')) return
    if (place === '') places.delete(key)
    else places.set(key, place)
    turn = turn
      .then(() => end(key))
      .then(() => (pod && place !== '' ? begin(key, pod, place) : undefined))
      .catch((error: unknown) => {
        log(`the desktop of ${key} at ${place}: ${error instanceof Error ? error.message : String(error)}`)
      })
  }
  const follow = (pod: Pod) => move(keyOf(refOf(pod)), placeOf(pod, prefix), pod)
  let closed = false
  for (const pod of pods.all()) follow(pod)
  pods.onChange((before, after) => {
    if (closed) return
    if (after) follow(after)
    else if (before) move(keyOf(refOf(before)), '')
  })
  return {
    async close() {
      closed = true
      await turn
      await Promise.all([...servers.keys()].map(end))
    },
  }
}
