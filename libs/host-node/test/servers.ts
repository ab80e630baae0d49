import type { AddressInfo, Server, Socket } from 'node:net';

const sockets = new WeakMap<Server, Set<Socket>>();

/** Listens on a free port and gives its number; the server is noted in the list for `closeAll`. */
export async function listen(
  servers: Server[],
  server: Server,
  host = '127.0.0.1',
): Promise<number> {
  servers.push(server);
  const open = new Set<Socket>();
  sockets.set(server, open);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Ends the servers and every connection to them. */
export async function closeAll(servers: Server[]): Promise<void> {
  const closing = servers.splice(0).map(
    (server) =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.get(server) ?? []) socket.destroy();
      }),
  );
  await Promise.all(closing);
}
