<?php

namespace Plugin\TegataLink;

use Eccube\Plugin\AbstractPluginManager;
use Symfony\Component\DependencyInjection\ContainerInterface;

/** The plugin makes no table and no row; its settings go with it. */
class PluginManager extends AbstractPluginManager
{
    /**
     * @param array $meta
     * @param ContainerInterface $container
     */
    public function uninstall(array $meta, ContainerInterface $container)
    {
        Settings::remove($container->getParameter('kernel.project_dir'));
    }
}
