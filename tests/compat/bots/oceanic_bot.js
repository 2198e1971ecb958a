// The play's bot, written for oceanic.js.

const {
  ApplicationCommandOptionTypes: Option, ApplicationCommandTypes, AuditLogActionTypes,
  ButtonStyles, ChannelTypes, Client, ComponentTypes, InteractionTypes, OverwriteTypes,
  Permissions, TextInputStyles,
} = require('oceanic.js');

// `rest` is what `disruption local --env` prints; the rest is a bot like any other.
const client = new Client({
  auth: `Bot ${process.env.DISCORD_TOKEN}`,
  gateway: { intents: ['ALL'] },
  rest: { baseURL: process.env.LOCAL_REST },
});

const FRUIT = ['apple', 'apricot', 'banana'];
const EPHEMERAL = 64;
let general, guild, role, invite;
const say = (content, channel = general.id) =>
  client.rest.channels.createMessage(channel, { content });

client.once('ready', async () => {
  await client.application.bulkEditGlobalCommands([
    {
      type: ApplicationCommandTypes.CHAT_INPUT, name: 'roll', description: 'Roll dice', options: [
        {
          type: Option.INTEGER, name: 'sides', description: 'How many', required: true,
          minValue: 2, maxValue: 100,
        },
        { type: Option.USER, name: 'who', description: 'For whom', required: true },
      ],
    },
    {
      type: ApplicationCommandTypes.CHAT_INPUT, name: 'pick', description: 'Pick a fruit',
      options: [
        {
          type: Option.STRING, name: 'fruit', description: 'Which', required: true,
          autocomplete: true,
        },
      ],
    },
    { type: ApplicationCommandTypes.CHAT_INPUT, name: 'slow', description: 'Take a while' },
    { type: ApplicationCommandTypes.CHAT_INPUT, name: 'panel', description: 'Show a panel' },
    { type: ApplicationCommandTypes.MESSAGE, name: 'Quote' },
  ]);
  guild = client.guilds.toArray()[0];
  general = guild.channels.find((channel) => channel.name === 'general');
  await say('ready');
});

client.on('guildMemberAdd', (member) => say(`welcome ${member.username}`));

client.on('messageReactionAdd', async (message, reactor, reaction) => {
  if (reactor.id !== client.user.id) await say(`saw ${reaction.emoji.name}`);
});

client.on('messageCreate', async (message) => {
  if (message.author.bot || !message.guildID) return;
  if (message.channel?.type === ChannelTypes.PUBLIC_THREAD && message.content === 'hello') {
    await say(`heard in ${message.channel.name}`, message.channelID);
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
    await general.createMessage({
      content: 'pong', messageReference: { messageID: message.id },
    });
  },

  async file() {
    const sent = await general.createMessage({
      content: 'here',
      embeds: [{ title: 'A title' }],
      files: [
        { name: 'hello.txt', contents: Buffer.from('hello') },
        { name: 'bytes.bin', contents: Buffer.from([...Array(256).keys()]) },
      ],
    });
    return 'read ' + await (await fetch(sent.attachments.first().url)).text();
  },

  async edit() {
    const sent = await say('draft');
    await sent.edit({ content: 'final', embeds: [{ title: 'Edited' }] });
    await (await say('gone')).delete();
    return 'done edit';
  },

  async react(message) {
    await message.createReaction('👍');
    await message.createReaction('🎉');
    const users = await message.getReactions('👍');
    await message.deleteReaction('🎉');
    return `done react ${users.length}`;
  },

  async thread(message) {
    const thread = await message.startThread({ name: 'Side', autoArchiveDuration: 60 });
    await thread.createMessage({ content: 'inside' });
    return 'done thread';
  },

  async archive(message) {
    await message.channel.edit({ archived: true, locked: true });
  },

  async role(message) {
    role = await guild.createRole({
      name: 'Mods', color: 0xe74c3c, hoist: true, reason: 'because ünï',
    });
    await guild.addMemberRole(message.author.id, role.id);
    const member = await client.rest.guilds.getMember(guild.id, message.author.id);
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
    const until = new Date(Date.now() + 600_000).toISOString();
    await guild.editMember(userId, { communicationDisabledUntil: until, reason: 'spam' });
    return 'done moderate';
  },

  async kick(message, userId) {
    await guild.removeMember(userId, 'out');
    return 'done kick';
  },

  async ban(message, userId) {
    await guild.createBan(userId, { reason: 'rude' });
    const bans = await guild.getBans();
    return `done ban ${bans.length} ${bans[0].reason}`;
  },

  async unban(message, userId) {
    await guild.removeBan(userId);
    return `done unban ${(await guild.getBans()).length}`;
  },

  async purge() {
    const sent = [];
    for (const text of ['a', 'b', 'c']) sent.push((await say(text)).id);
    await general.deleteMessages(sent);
    return 'done purge';
  },

  async hook() {
    const hook = await client.rest.webhooks.create(general.id, { name: 'Hook' });
    const sent = await hook.execute({ content: 'from a hook', username: 'Zed', wait: true });
    await hook.editMessage(sent.id, { content: 'edited hook' });
    await hook.delete();
    return 'done hook';
  },

  async history() {
    const archive = guild.channels.find((channel) => channel.name === 'archive');
    const found = await archive.getMessages({ limit: 120 });
    return `done history ${found.length} ${found.at(-1).content} ${found[0].content}`;
  },

  async audit() {
    const log = await guild.getAuditLog({ actionType: AuditLogActionTypes.ROLE_CREATE });
    return `done audit ${log.entries[0].reason}`;
  },

  async invite() {
    invite = await general.createInvite({ maxAge: 600, maxUses: 2 });
    return `invite ${invite.code}`;
  },

  async uninvite() {
    await invite.deleteInvite();
    return `done uninvite ${(await guild.getInvites()).length}`;
  },

  async dm(message) {
    const channel = await message.author.createDM();
    await channel.createMessage({ content: 'psst' });
    return 'done dm';
  },

  async channel() {
    const category = await guild.createChannel(ChannelTypes.GUILD_CATEGORY, { name: 'Cat' });
    const channel = await guild.createChannel(ChannelTypes.GUILD_TEXT, {
      name: 'made', parentID: category.id,
      permissionOverwrites: [
        { id: guild.id, type: OverwriteTypes.ROLE, deny: Permissions.SEND_MESSAGES },
      ],
    });
    await channel.edit({ topic: 'news' });
    await (await channel.createMessage({ content: 'first' })).pin();
    const pins = await channel.getPins();
    await channel.delete();
    await category.delete();
    return `done channel ${(pins.items ?? pins).length}`;
  },

  async burst() {
    await Promise.all([...Array(7).keys()].map((number) => say(`b${number}`)));
    return 'done burst';
  },

  async error() {
    try {
      await client.rest.channels.getMessage(general.id, '123');
    } catch (error) {
      return `error ${error.code}`;
    }
    return 'FAIL error';
  },
};

client.on('interactionCreate', async (interaction) => {
  try {
    if (interaction.type === InteractionTypes.APPLICATION_COMMAND_AUTOCOMPLETE) {
      const typed = interaction.data.options.getFocused().value;
      const fitting = FRUIT.filter((fruit) => fruit.startsWith(typed));
      await interaction.result(fitting.map((fruit) => ({ name: fruit, value: fruit })));
    } else if (interaction.type === InteractionTypes.APPLICATION_COMMAND) {
      await uses[interaction.data.name](interaction);
    } else if (interaction.type === InteractionTypes.MESSAGE_COMPONENT) {
      await touches[interaction.data.customID](interaction);
    } else if (interaction.type === InteractionTypes.MODAL_SUBMIT) {
      const name = interaction.data.components.getTextInput('name');
      await interaction.createMessage({ content: `hi ${name}` });
    }
  } catch (error) {
    console.error(error);
    await say(`FAIL ${error}`.slice(0, 1900));
  }
});

const uses = {
  async roll(interaction) {
    const sides = interaction.data.options.getInteger('sides');
    const { username } = interaction.data.options.getUser('who');
    await interaction.createMessage({ content: `rolled ${sides} for ${username}` });
    const original = await interaction.getOriginal();
    await interaction.createFollowup({ content: 'again' });
    await interaction.editOriginal({ content: `${original.content}, really` });
  },

  async pick(interaction) {
    await interaction.createMessage({
      content: `picked ${interaction.data.options.getString('fruit')}`,
    });
  },

  async slow(interaction) {
    await interaction.defer(EPHEMERAL);
    const files = [{ name: 's.txt', contents: Buffer.from('abc') }];
    await interaction.editOriginal({ content: 'slow done', files });
  },

  async panel(interaction) {
    const row = (...components) => ({ type: ComponentTypes.ACTION_ROW, components });
    const button = (customID, label, style) =>
      ({ type: ComponentTypes.BUTTON, customID, label, style });
    await interaction.createMessage({
      content: 'choose',
      components: [
        row(
          button('yes', 'Yes', ButtonStyles.PRIMARY),
          button('form', 'Form', ButtonStyles.SECONDARY),
        ),
        row({
          type: ComponentTypes.STRING_SELECT, customID: 'colour',
          options: [{ label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue' }],
        }),
        row({ type: ComponentTypes.USER_SELECT, customID: 'who' }),
      ],
    });
  },

  async Quote(interaction) {
    await interaction.createMessage({ content: `> ${interaction.data.target.content}` });
  },
};

const touches = {
  async yes(interaction) {
    await interaction.editParent({ content: 'clicked', components: [] });
  },

  async form(interaction) {
    const name = {
      type: ComponentTypes.TEXT_INPUT, customID: 'name', label: 'Name',
      style: TextInputStyles.SHORT,
    };
    await interaction.createModal({
      customID: 'form', title: 'Who are you?',
      components: [{ type: ComponentTypes.ACTION_ROW, components: [name] }],
    });
  },

  async colour(interaction) {
    await interaction.createMessage({
      content: `chose ${interaction.data.values.getStrings()[0]}`, flags: EPHEMERAL,
    });
  },

  async who(interaction) {
    const [{ username }] = interaction.data.values.getUsers();
    await interaction.createMessage({ content: `chose ${username}`, flags: EPHEMERAL });
  },
};

client.on('error', console.error);
client.connect();
