/** Whether Cocoon may put such a VM to sleep: it runs no static ones, and cannot save macOS (contract 5, 6.3). */
export function hibernateSupport(vm: { managed: boolean; os: string }): 'yes' | 'static' | 'macos' {
  if (!vm.managed) return 'static'
  return vm.os === 'macos' ? 'macos' : 'yes'
}
