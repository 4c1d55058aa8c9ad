/* Reaches for the network and for other processes: sockets of every family, and the channel as one. */
#include "escape.h"
#include <netinet/in.h>
#include <sys/un.h>

static void attempt(void) {
  static const int families[] = {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET, 38 /* AF_ALG */, 40 /* AF_VSOCK */};
  for (int i = 0; i < 7; i++) {
    REFUSED(socket(families[i], SOCK_STREAM, 0));
    REFUSED(socket(families[i], SOCK_DGRAM, 0));
    REFUSED(socket(families[i], SOCK_RAW, 0));
  }
  int pair[2];
  REFUSED(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
  const struct sockaddr_in server = {AF_INET, 0x5000, {0x0100007f}, {0}};
  const struct sockaddr_un abstract = {AF_UNIX, "\0escape"}, bus = {AF_UNIX, "/run/dbus/system_bus_socket"};
  REFUSED(connect(channel, (const struct sockaddr *)&server, sizeof server));
  REFUSED(connect(channel, (const struct sockaddr *)&abstract, sizeof abstract));
  REFUSED(connect(channel, (const struct sockaddr *)&bus, sizeof bus));
  REFUSED(bind(channel, (const struct sockaddr *)&server, sizeof server));
  REFUSED(bind(channel, (const struct sockaddr *)&abstract, 9));
  REFUSED(sendto(channel, "x", 1, 0, (const struct sockaddr *)&abstract, 9));
  REFUSED(listen(channel, 1));
  REFUSED(accept(channel, NULL, NULL));
  REFUSED(setsockopt(channel, SOL_SOCKET, SO_RCVBUF, &(int){1}, sizeof(int)));
}
