/**
 * How to reach a guest: an override wins verbatim and unchecked, then a VNC port, then the OS in its exact
 * spelling (contract 2.3).
 */
export function connectionType(os: string, hasVNCPort: boolean, override: string): string {
  if (override !== '') return override
  if (hasVNCPort) return 'vnc'
  if (os === 'android') return 'adb'
  return os === 'windows' ? 'rdp' : 'ssh'
}
