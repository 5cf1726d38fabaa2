import type { Vm } from '../../lib/fleet/vm.ts'

/** An IPv6 address needs brackets before a port. */
const host = (ip: string) => (ip.includes(':') ? `[${ip}]` : ip)

/** How to reach a VM: "ssh 10.8.4.17", "vnc 10.8.9.3:5901"; '' while it has no address. */
export function reachWords({ ip, connType, vncPort }: Pick<Vm, 'ip' | 'connType' | 'vncPort'>): string {
  if (ip === '') return ''
  const address = connType === 'vnc' && vncPort > 0 ? `${host(ip)}:${vncPort}` : ip
  return connType === '' ? address : `${connType} ${address}`
}
