// What the current person knows of the world: told by the gateway, read by every view.

export const THREADS = new Set([10, 11, 12]);
const TALKING = new Set([0, 1, 2, 3, 5, 10, 11, 12, 13]);

/** Compare ids, which are numbers too large for JavaScript. */
export const compareIds = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** When something with this id was made, in milliseconds. */
export const timeOfId = (id) => Number((BigInt(id) >> 22n) + 1420070400000n);

/** How a channel's name is shown: text channels with a #, threads and voice without. */
export const titleOf = (channel) => (channel.type === 0 || channel.type === 5 ? `#${channel.name}` : channel.name);

/** Tell whether messages can be in a channel. */
export const canTalk = (channel) => TALKING.has(channel?.type);

export class Store {
  constructor() {
    this.me = null;
    this.guilds = new Map();
    this.channels = new Map(); // of all guilds, threads and direct messages too
    this.users = new Map();
    this.unread = new Map(); // channel id -> how often one was mentioned
    this.secrets = new Map(); // channel id -> Map of id -> ephemeral message, which no history has
    this.typing = new Map(); // channel id -> Map of user id -> when it ends
  }

  guildOf = (channelId) => this.guilds.get(this.channels.get(channelId)?.guild_id);

  member = (guildId, userId) => this.guilds.get(guildId)?.members.get(userId);

  /** How a user is called in a guild. */
  nameOf(user, guildId) {
    const known = this.users.get(user.id) ?? user;
    return this.member(guildId, user.id)?.nick || known.global_name || known.username || "unknown";
  }

  /** How a channel is called: by its name, a conversation without one by who is in it. */
  titleOf(channel) {
    if (!channel) return "";
    if (!channel.recipients || channel.name) return titleOf(channel);
    return channel.recipients.map((user) => this.nameOf(user)).join(", ") || "Nobody";
  }

  /** The colour of somebody's highest role that has one, as CSS, or null. */
  colourOf(guildId, userId) {
    const guild = this.guilds.get(guildId);
    const roles = (guild?.members.get(userId)?.roles ?? []).map((id) => guild.roles.get(id)).filter((role) => role?.color);
    roles.sort((a, b) => b.position - a.position);
    return roles.length ? `#${roles[0].color.toString(16).padStart(6, "0")}` : null;
  }

  /** Whether somebody is there: as a guild says, or any other that knows of them. */
  statusOf(guildId, userId) {
    const here = this.guilds.get(guildId)?.presences.get(userId);
    const known = here ?? [...this.guilds.values()].map((guild) => guild.presences.get(userId)).find(Boolean);
    return known?.status ?? "offline";
  }

  /** Who is typing in a channel now, the current person left out. */
  typists(channelId) {
    const now = Date.now();
    return [...(this.typing.get(channelId) ?? [])].filter(([id, until]) => until > now && id !== this.me?.id).map(([id]) => this.users.get(id) ?? { id });
  }

  remember(user) {
    if (user?.id && user.username) this.users.set(user.id, user);
  }

  /** Take an event in; only methods named like events are for them. */
  apply(name, data) {
    if (/^[A-Z_]+$/.test(name)) this[name]?.(data);
  }

  READY(data) {
    this.me = data.user;
    this.guilds.clear();
    this.channels.clear();
    this.remember(data.user);
  }

  USER_UPDATE(data) {
    this.me = data;
    this.remember(data);
  }

  GUILD_CREATE(data) {
    const guild = {
      ...data,
      roles: new Map(data.roles.map((role) => [role.id, role])),
      members: new Map(),
      presences: new Map((data.presences ?? []).map((item) => [item.user.id, item])),
      voice: new Map((data.voice_states ?? []).map((state) => [state.user_id, state])),
    };
    this.guilds.set(data.id, guild);
    for (const member of data.members ?? []) this.addMember(guild, member);
    for (const channel of [...(data.channels ?? []), ...(data.threads ?? [])]) {
      this.channels.set(channel.id, { ...channel, guild_id: data.id });
    }
  }

  GUILD_UPDATE(data) {
    const guild = this.guilds.get(data.id);
    if (guild) Object.assign(guild, data, { roles: new Map(data.roles.map((role) => [role.id, role])) });
  }

  GUILD_DELETE(data) {
    this.guilds.delete(data.id);
    for (const [id, channel] of this.channels) if (channel.guild_id === data.id) this.channels.delete(id);
  }

  addMember(guild, member) {
    if (!guild || !member?.user) return;
    this.remember(member.user);
    guild.members.set(member.user.id, member);
  }

  GUILD_MEMBERS_CHUNK(data) {
    const guild = this.guilds.get(data.guild_id);
    for (const member of data.members) this.addMember(guild, member);
  }

  GUILD_MEMBER_ADD(data) {
    const guild = this.guilds.get(data.guild_id);
    if (guild) guild.member_count += 1;
    this.addMember(guild, data);
  }

  GUILD_MEMBER_UPDATE(data) {
    const guild = this.guilds.get(data.guild_id);
    this.addMember(guild, { ...guild?.members.get(data.user.id), ...data });
  }

  GUILD_MEMBER_REMOVE(data) {
    const guild = this.guilds.get(data.guild_id);
    if (guild?.members.delete(data.user.id)) guild.member_count -= 1;
  }

  VOICE_STATE_UPDATE(data) {
    const guild = this.guilds.get(data.guild_id);
    this.addMember(guild, data.member && { ...guild?.members.get(data.user_id), ...data.member });
    if (data.channel_id) guild?.voice.set(data.user_id, data);
    else guild?.voice.delete(data.user_id);
  }

  PRESENCE_UPDATE(data) {
    this.guilds.get(data.guild_id)?.presences.set(data.user.id, data);
  }

  GUILD_ROLE_CREATE(data) {
    this.guilds.get(data.guild_id)?.roles.set(data.role.id, data.role);
  }

  GUILD_ROLE_UPDATE(data) {
    this.GUILD_ROLE_CREATE(data);
  }

  GUILD_ROLE_DELETE(data) {
    this.guilds.get(data.guild_id)?.roles.delete(data.role_id);
  }

  GUILD_EMOJIS_UPDATE(data) {
    const guild = this.guilds.get(data.guild_id);
    if (guild) guild.emojis = data.emojis;
  }

  GUILD_STICKERS_UPDATE(data) {
    const guild = this.guilds.get(data.guild_id);
    if (guild) guild.stickers = data.stickers;
  }

  CHANNEL_CREATE(data) {
    this.channels.set(data.id, { ...this.channels.get(data.id), ...data });
    for (const user of data.recipients ?? []) this.remember(user);
  }

  CHANNEL_RECIPIENT_ADD({ channel_id: id, user }) {
    const channel = this.channels.get(id);
    if (channel) this.CHANNEL_CREATE({ ...channel, recipients: [...(channel.recipients ?? []), user] });
  }

  CHANNEL_RECIPIENT_REMOVE({ channel_id: id, user }) {
    const channel = this.channels.get(id);
    if (channel) channel.recipients = (channel.recipients ?? []).filter((one) => one.id !== user.id);
  }

  CHANNEL_UPDATE(data) {
    this.CHANNEL_CREATE(data);
  }

  CHANNEL_DELETE(data) {
    this.channels.delete(data.id);
  }

  THREAD_CREATE(data) {
    this.CHANNEL_CREATE(data);
  }

  THREAD_UPDATE(data) {
    this.CHANNEL_CREATE(data);
  }

  THREAD_DELETE(data) {
    this.channels.delete(data.id);
  }

  THREAD_LIST_SYNC(data) {
    for (const thread of data.threads) this.CHANNEL_CREATE({ ...thread, guild_id: data.guild_id });
  }

  TYPING_START(data) {
    if (!this.typing.has(data.channel_id)) this.typing.set(data.channel_id, new Map());
    this.typing.get(data.channel_id).set(data.user_id, Date.now() + 10000);
    this.remember(data.member?.user);
  }

  MESSAGE_CREATE(data) {
    this.typing.get(data.channel_id)?.delete(data.author.id);
    if (!data.webhook_id) this.remember(data.author);
    for (const user of data.mentions ?? []) this.remember(user);
    const channel = this.channels.get(data.channel_id);
    if (channel) channel.last_message_id = data.id;
    if (data.flags & 64) this.keepSecret(data);
  }

  keepSecret(message) {
    if (!this.secrets.has(message.channel_id)) this.secrets.set(message.channel_id, new Map());
    this.secrets.get(message.channel_id).set(message.id, message);
  }

  MESSAGE_UPDATE(data) {
    const known = this.secrets.get(data.channel_id)?.get(data.id);
    if (known) this.keepSecret({ ...known, ...data });
  }

  MESSAGE_DELETE(data) {
    this.secrets.get(data.channel_id)?.delete(data.id);
  }

  /** Note a message in a channel nobody looks at. */
  countUnread(message) {
    const mine = message.author.id === this.me?.id;
    if (mine) return;
    const mentioned = message.mention_everyone || message.mentions.some((user) => user.id === this.me?.id) || !message.guild_id;
    this.unread.set(message.channel_id, (this.unread.get(message.channel_id) ?? 0) + (mentioned ? 1 : 0));
  }
}
