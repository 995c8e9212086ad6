import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from '@jest/globals'
import { listPageUrls } from './list-page-urls.ts'

const at = (address: string, internal = false, family = 'IPv4') =>
  ({ address, internal, family, netmask: '', mac: '', cidr: null }) as NetworkInterfaceInfo
const interfaces = {
  lo: [at('127.0.0.1', true), at('::1', true, 'IPv6')],
  eth0: [at('192.168.1.5'), at('fe80::1', false, 'IPv6')],
}

test.each([
  [{ host: '127.0.0.1', port: 8321 }, ['http://127.0.0.1:8321']],
  [{ host: '::1', port: 1 }, ['http://[::1]:1']],
  [{ host: '10.0.0.7', port: 80, token: 'a-b_c' }, ['http://10.0.0.7:80/?token=a-b_c']],
  [{ host: '0.0.0.0', port: 80, token: 't' }, ['http://127.0.0.1:80/?token=t', 'http://192.168.1.5:80/?token=t']],
])('%j is served at %j', (place, urls) => {
  expect(listPageUrls(place, interfaces)).toEqual(urls)
})
