import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

const VERSION = 'RFB 003.008\n'
const VENCRYPT = 19
const PLAIN = 256

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

async function take(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const bytes = count === 0 ? Buffer.alloc(0) : (socket.read(count) as Buffer | null)
    if (bytes !== null) return bytes
    await once(socket, 'readable')
  }
}

/** VeNCrypt 0.2 with nothing but Plain: what a viewer says of itself. */
async function askWho(viewer: Socket): Promise<string> {
  viewer.write(VERSION)
  await take(viewer, VERSION.length)
  viewer.write(Buffer.of(1, VENCRYPT))
  await take(viewer, 1)
  viewer.write(Buffer.of(0, 2))
  await take(viewer, 2)
  viewer.write(Buffer.concat([Buffer.of(0, 1), u32(PLAIN)]))
  await take(viewer, 4)
  const lengths = await take(viewer, 8)
  const user = await take(viewer, lengths.readUInt32BE(0))
  const password = await take(viewer, lengths.readUInt32BE(4))
  return `${user.toString()} ${password.toString()}`
}

/** Greets a server that asks for nothing, up to the result of that. */
async function pass(server: Socket): Promise<void> {
  await take(server, VERSION.length)
  server.write(VERSION)
  const [types = 0] = await take(server, 1)
  await take(server, types)
  server.write(Buffer.of(1))
  await take(server, 4)
}

async function admit(viewer: Socket, behind: number, who: string): Promise<void> {
  if ((await askWho(viewer)) !== who) {
    const reason = Buffer.from('Authentication failure')
    viewer.end(Buffer.concat([u32(1), u32(reason.length), reason]))
    return
  }
  const server = connect(behind, '127.0.0.1')
  const both = [viewer, server]
  for (const each of both) each.on('close', () => both.forEach((other) => other.destroy()))
  server.on('error', () => viewer.destroy())
  await pass(server)
  viewer.write(u32(0))
  viewer.pipe(server)
  server.pipe(viewer)
}

/**
 * A VNC server that asks for a user name and a password, in front of one at 127.0.0.1 that asks for nothing: what
 * TigerVNC does with accounts of the machine, which a test has no business to make. `who` is "name password".
 */
export async function startPlainGate(port: number, behind: number, who: string): Promise<() => void> {
  const viewers = new Set<Socket>()
  const server = createServer((viewer) => {
    viewers.add(viewer)
    viewer.on('error', () => viewer.destroy())
    admit(viewer, behind, who).catch(() => viewer.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return () => {
    server.close()
    for (const viewer of viewers) viewer.destroy()
  }
}
