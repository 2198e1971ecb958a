// The play's bot, written for eris.

const https = require('https');
const net = require('net');
const Eris = require('eris');

// What `disruption local --env` prints, since eris speaks https alone; the rest is a bot like any
// other.
const address = new URL(process.env.LOCAL_REST);
class LocalAgent extends https.Agent {
  createConnection(options, done) {
    return net.connect({ host: address.hostname, port: address.port }, done);
  }
}
const client = new Eris.Client(`Bot ${process.env.DISCORD_TOKEN}`, {
  intents: ['all'],
  restMode: true,
  rest: { domain: address.host, baseURL: address.pathname, agent: new LocalAgent() },
});

const FRUIT = ['apple', 'apricot', 'banana'];
let general, guild, role, invite;
const say = (content, channel = general.id) => client.createMessage(channel, content);

client.once('ready', async () => {
  await client.bulkEditCommands([
    {
      type: 1, name: 'roll', description: 'Roll dice', options: [
        {
          type: 4, name: 'sides', description: 'How many', required: true, min_value: 2,
          max_value: 100,
        },
        { type: 6, name: 'who', description: 'For whom', required: true },
      ],
    },
    {
      type: 1, name: 'pick', description: 'Pick a fruit', options: [
        { type: 3, name: 'fruit', description: 'Which', required: true, autocomplete: true },
      ],
    },
    { type: 1, name: 'slow', description: 'Take a while' },
    { type: 1, name: 'panel', description: 'Show a panel' },
    { type: 3, name: 'Quote' },
  ]);
  guild = client.guilds.random();
  general = guild.channels.find((channel) => channel.name === 'general');
  await say('ready');
});

client.on('guildMemberAdd', (_, member) => say(`welcome ${member.username}`));

client.on('messageReactionAdd', async (message, emoji, reactor) => {
  if (reactor.id !== client.user.id) await say(`saw ${emoji.name}`);
});

client.on('messageCreate', async (message) => {
  if (message.author.bot || !message.guildID) return;
  if (message.channel.type === 11 && message.content === 'hello') {
    await say(`heard in ${message.channel.name}`, message.channel.id);
    return;
  }
  if (!message.content.startsWith('!')) return;
  const [name, ...words] = message.content.slice(1).split(' ');
  try {
    const answer = await commands[name](message, ...words);
    if (answer) await say(answer);
  } catch (error) {
    console.error(error);
    await say(`FAIL ${name} ${error}`.slice(0, 1900));
  }
});

const commands = {
  async ping(message) {
    await say({ content: 'pong', messageReference: { messageID: message.id } });
  },

  async file() {
    const sent = await client.createMessage(
      general.id,
      { content: 'here', embeds: [{ title: 'A title' }] },
      [
        { name: 'hello.txt', file: Buffer.from('hello') },
        { name: 'bytes.bin', file: Buffer.from([...Array(256).keys()]) },
      ],
    );
    const first = [...sent.attachments.values()][0];
    return 'read ' + await (await fetch(first.url)).text();
  },

  async edit() {
    const sent = await say('draft');
    await sent.edit({ content: 'final', embeds: [{ title: 'Edited' }] });
    await (await say('gone')).delete();
    return 'done edit';
  },

  async react(message) {
    await message.addReaction('👍');
    await message.addReaction('🎉');
    const users = await message.getReaction('👍', { limit: 100 });
    await message.removeReaction('🎉');
    return `done react ${users.length}`;
  },

  async thread(message) {
    const thread = await client.createThreadWithMessage(general.id, message.id, {
      name: 'Side', autoArchiveDuration: 60,
    });
    await thread.createMessage('inside');
    return 'done thread';
  },

  async archive(message) {
    await message.channel.edit({ archived: true, locked: true });
  },

  async role(message) {
    role = await guild.createRole({ name: 'Mods', color: 0xe74c3c, hoist: true }, 'because ünï');
    await guild.addMemberRole(message.author.id, role.id);
    const member = await guild.getRESTMember(message.author.id);
    return `done role ${member.roles.length}`;
  },

  async unrole(message) {
    await guild.removeMemberRole(message.author.id, role.id);
    await role.edit({ name: 'Nobodies' });
    await role.delete();
    return 'done unrole';
  },

  async moderate(message, userId) {
    await guild.editMember(userId, { nick: 'Bobby' });
    const until = new Date(Date.now() + 600_000);
    await guild.editMember(userId, { communicationDisabledUntil: until }, 'spam');
    return 'done moderate';
  },

  async kick(message, userId) {
    await guild.kickMember(userId, 'out');
    return 'done kick';
  },

  async ban(message, userId) {
    await guild.banMember(userId, 0, 'rude');
    const bans = await guild.getBans();
    return `done ban ${bans.length} ${bans[0].reason}`;
  },

  async unban(message, userId) {
    await guild.unbanMember(userId);
    return `done unban ${(await guild.getBans()).length}`;
  },

  async purge() {
    const sent = [];
    for (const text of ['a', 'b', 'c']) sent.push((await say(text)).id);
    await client.deleteMessages(general.id, sent);
    return 'done purge';
  },

  async hook() {
    const { id, token } = await client.createChannelWebhook(general.id, { name: 'Hook' });
    const sent = await client.executeWebhook(id, token, {
      content: 'from a hook', username: 'Zed', wait: true,
    });
    await client.editWebhookMessage(id, token, sent.id, { content: 'edited hook' });
    await client.deleteWebhook(id);
    return 'done hook';
  },

  async history() {
    const archive = guild.channels.find((channel) => channel.name === 'archive');
    const found = await client.getMessages(archive.id, { limit: 120 });
    return `done history ${found.length} ${found.at(-1).content} ${found[0].content}`;
  },

  async audit() {
    const log = await guild.getAuditLog({ actionType: 30 });
    return `done audit ${log.entries[0].reason}`;
  },

  async invite() {
    invite = await client.createChannelInvite(general.id, { maxAge: 600, maxUses: 2 });
    return `invite ${invite.code}`;
  },

  async uninvite() {
    await client.deleteInvite(invite.code);
    return `done uninvite ${(await guild.getInvites()).length}`;
  },

  async dm(message) {
    const channel = await client.getDMChannel(message.author.id);
    await channel.createMessage('psst');
    return 'done dm';
  },

  async channel() {
    const category = await guild.createChannel('Cat', 4);
    const channel = await guild.createChannel('made', 0, {
      parentID: category.id,
      permissionOverwrites: [{ id: guild.id, type: 0, allow: 0, deny: 1 << 11 }],
    });
    await channel.edit({ topic: 'news' });
    await (await channel.createMessage('first')).pin();
    const pins = await channel.getPins();
    await channel.delete();
    await category.delete();
    return `done channel ${pins.length}`;
  },

  async burst() {
    await Promise.all([...Array(7).keys()].map((number) => say(`b${number}`)));
    return 'done burst';
  },

  async error() {
    try {
      await client.getMessage(general.id, '123');
    } catch (error) {
      return `error ${error.code}`;
    }
    return 'FAIL error';
  },
};

client.on('interactionCreate', async (interaction) => {
  try {
    if (interaction instanceof Eris.AutocompleteInteraction) {
      const typed = interaction.data.options[0].value;
      const fitting = FRUIT.filter((fruit) => fruit.startsWith(typed));
      await interaction.acknowledge(fitting.map((fruit) => ({ name: fruit, value: fruit })));
    } else if (interaction instanceof Eris.CommandInteraction) {
      const options = Object.fromEntries(
        (interaction.data.options ?? []).map(({ name, value }) => [name, value]),
      );
      await uses[interaction.data.name](interaction, options);
    } else if (interaction instanceof Eris.ComponentInteraction) {
      await touches[interaction.data.custom_id](interaction);
    } else if (interaction instanceof Eris.ModalSubmitInteraction) {
      await interaction.createMessage(`hi ${interaction.data.components[0].components[0].value}`);
    }
  } catch (error) {
    console.error(error);
    await say(`FAIL ${error}`.slice(0, 1900));
  }
});

const uses = {
  async roll(interaction, { sides, who }) {
    const { username } = interaction.data.resolved.users.get(who);
    await interaction.createMessage(`rolled ${sides} for ${username}`);
    const original = await interaction.getOriginalMessage();
    await interaction.createFollowup('again');
    await interaction.editOriginalMessage({ content: `${original.content}, really` });
  },

  async pick(interaction, { fruit }) {
    await interaction.createMessage(`picked ${fruit}`);
  },

  async slow(interaction) {
    await interaction.defer(64);
    const file = { name: 's.txt', file: Buffer.from('abc') };
    await interaction.editOriginalMessage({ content: 'slow done' }, file);
  },

  async panel(interaction) {
    const row = (...components) => ({ type: 1, components });
    await interaction.createMessage({
      content: 'choose',
      components: [
        row(
          { type: 2, style: 1, custom_id: 'yes', label: 'Yes' },
          { type: 2, style: 2, custom_id: 'form', label: 'Form' },
        ),
        row({
          type: 3, custom_id: 'colour',
          options: [{ label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue' }],
        }),
        row({ type: 5, custom_id: 'who' }),
      ],
    });
  },

  async Quote(interaction) {
    const [target] = interaction.data.resolved.messages.values();
    await interaction.createMessage(`> ${target.content}`);
  },
};

const touches = {
  async yes(interaction) {
    await interaction.editParent({ content: 'clicked', components: [] });
  },

  async form(interaction) {
    const name = { type: 4, custom_id: 'name', label: 'Name', style: 1 };
    await interaction.createModal({
      custom_id: 'form', title: 'Who are you?', components: [{ type: 1, components: [name] }],
    });
  },

  async colour(interaction) {
    await interaction.createMessage({
      content: `chose ${interaction.data.values[0]}`, flags: 64,
    });
  },

  async who(interaction) {
    const { username } = interaction.data.resolved.users[interaction.data.values[0]];
    await interaction.createMessage({ content: `chose ${username}`, flags: 64 });
  },
};

client.on('error', console.error);
client.connect();
