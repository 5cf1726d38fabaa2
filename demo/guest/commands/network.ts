import { complain, print, type Process } from '../system/process.ts'
import type { Machine } from '../system/machine.ts'
import { sleep } from '../../sleep.ts'
import { withOptions } from './options.ts'

/** An address of the card that depends on the VM, as the hypervisor draws one. */
function hardwareAddress(machine: Machine): string {
  const digits = Buffer.from(machine.vmID).toString('hex').padEnd(10, '0').slice(-10)
  return ['52', ...(digits.match(/../g) ?? [])].join(':')
}

const gatewayOf = (address: string) => address.replace(/\d+\.\d+$/, '0.1')

export async function ip(process: Process, args: string[]): Promise<number> {
  const { machine } = process
  const words = args.filter((arg) => !arg.startsWith('-'))
  const brief = args.some((arg) => arg === '-br' || arg === '-brief')
  const address = machine.ip()
  const [object = '', verb = 'show'] = words
  if (/^a(?:d(?:dr(?:ess)?)?)?$/.test(object) && /^(?:s|show|list|ls)/.test(verb)) {
    if (brief)
      await print(
        process,
        `lo               UNKNOWN        127.0.0.1/8 ::1/128\neth0             UP             ${address === '' ? '' : `${address}/16`}\n`,
      )
    else
      await print(
        process,
        [
          '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000',
          '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
          '    inet 127.0.0.1/8 scope host lo',
          '       valid_lft forever preferred_lft forever',
          '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000',
          `    link/ether ${hardwareAddress(machine)} brd ff:ff:ff:ff:ff:ff`,
          ...(address === ''
            ? []
            : [
                `    inet ${address}/16 brd ${address.replace(/\d+\.\d+$/, '255.255')} scope global dynamic eth0`,
                '       valid_lft 3241sec preferred_lft 3241sec',
              ]),
          '',
        ].join('\n'),
      )
    return 0
  }
  if (/^l(?:i(?:nk)?)?$/.test(object) && /^(?:s|show|list|ls)/.test(verb)) {
    await print(
      process,
      `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n    link/ether ${hardwareAddress(machine)} brd ff:ff:ff:ff:ff:ff\n`,
    )
    return 0
  }
  if (/^r(?:o(?:ute)?)?$/.test(object)) {
    if (address !== '')
      await print(
        process,
        `default via ${gatewayOf(address)} dev eth0 proto dhcp src ${address} metric 100\n${address.replace(/\d+\.\d+$/, '0.0')}/16 dev eth0 proto kernel scope link src ${address} metric 100\n`,
      )
    return 0
  }
  if (object === '') return complain(process, 'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }', 255)
  return complain(
    process,
    ['addr', 'link', 'route'].includes(object)
      ? 'RTNETLINK answers: Operation not permitted'
      : `Object "${object}" is unknown, try "ip help".`,
    ['addr', 'link', 'route'].includes(object) ? 2 : 1,
  )
}

export const ss = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'tulnapeo46sH' }, async ({ flags }) => {
    const users = (text: string) => (flags.has('p') ? ` ${text}` : '')
    const rows = [
      `${'tcp'.padEnd(6)}LISTEN 0      128          0.0.0.0:22         0.0.0.0:*${users('users:(("sshd",pid=352,fd=3))')}`,
      `${'tcp'.padEnd(6)}LISTEN 0      512        127.0.0.1:8080       0.0.0.0:*${users('users:(("agent",pid=402,fd=9))')}`,
    ]
    const header = `Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port${flags.has('p') ? ' Process' : ''}`
    await print(process, `${flags.has('H') ? '' : `${header}\n`}${rows.join('\n')}\n`)
    return 0
  })

/** Nothing outside the guest is real: only it and its gateway answer. */
export const ping = (process: Process, args: string[]) =>
  withOptions(process, args, { letters: 'c:i:W:w:qn46' }, async ({ values, operands: [host] }) => {
    const { machine } = process
    if (host === undefined) return complain(process, 'ping: usage error: Destination address required')
    const known = new Set(['localhost', '127.0.0.1', machine.hostname, machine.ip(), gatewayOf(machine.ip())])
    if (!/^[\d.]+$/.test(host) && !known.has(host))
      return complain(process, `ping: ${host}: Temporary failure in name resolution`, 2)
    const count = Number(values.get('c') ?? Infinity)
    await print(
      process,
      `PING ${host} (${/^[\d.]+$/.test(host) ? host : '127.0.0.1'}) 56(84) bytes of data.\n`,
    )
    let received = 0
    let sent = 0
    while (sent < count) {
      sent++
      if (known.has(host)) {
        received++
        await print(
          process,
          `64 bytes from ${host}: icmp_seq=${sent} ttl=64 time=${(0.03 + machine.random.next() / 5).toFixed(3)} ms\n`,
        )
      }
      if (sent < count) await sleep(machine.clock, Number(values.get('i') ?? 1) * 1000, process.signal)
    }
    const loss = Math.round((1 - received / Math.max(1, sent)) * 100)
    await print(
      process,
      `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} received, ${loss}% packet loss\n`,
    )
    return received > 0 ? 0 : 1
  })

/** There is no network behind the guest. */
export async function curl(process: Process, args: string[]): Promise<number> {
  const url = args.findLast((arg) => !arg.startsWith('-'))
  if (url === undefined) return complain(process, "curl: try 'curl --help' for more information", 2)
  const host = url.replace(/^[a-z]+:\/\//, '').split(/[/:]/)[0] ?? url
  if (/^(?:localhost|127\.)/.test(host))
    return complain(
      process,
      `curl: (7) Failed to connect to ${host} port 80 after 0 ms: Couldn't connect to server`,
      7,
    )
  return complain(process, `curl: (6) Could not resolve host: ${host}`, 6)
}
