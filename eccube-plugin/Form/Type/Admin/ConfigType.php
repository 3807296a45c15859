<?php

namespace Plugin\TegataLink\Form\Type\Admin;

use Plugin\TegataLink\Settings;
use Symfony\Component\Form\AbstractType;
use Symfony\Component\Form\Extension\Core\Type\PasswordType;
use Symfony\Component\Form\Extension\Core\Type\TextType;
use Symfony\Component\Form\FormBuilderInterface;
use Symfony\Component\OptionsResolver\OptionsResolver;
use Symfony\Component\Validator\Constraints as Assert;
use Symfony\Component\Validator\Context\ExecutionContextInterface;

class ConfigType extends AbstractType
{
    public function buildForm(FormBuilderInterface $builder, array $options): void
    {
        $builder
            ->add('url', TextType::class, [
                'constraints' => [
                    new Assert\NotBlank(),
                    new Assert\Callback([self::class, 'checkUrl']),
                ],
            ])
            ->add('secret', PasswordType::class, [
                'required' => !$options['has_secret'],
                'attr' => ['autocomplete' => 'off'],
                'constraints' => array_merge(
                    $options['has_secret'] ? [] : [new Assert\NotBlank()],
                    [new Assert\Callback([self::class, 'checkSecret'])]
                ),
            ]);
    }

    public function configureOptions(OptionsResolver $resolver): void
    {
        $resolver->setDefaults(['has_secret' => false]);
    }

    public static function checkUrl($value, ExecutionContextInterface $context)
    {
        if (is_string($value) && $value !== '' && !Settings::isUrl($value)) {
            $context->addViolation(trans('tegata_link.config.url.wrong'));
        }
    }

    public static function checkSecret($value, ExecutionContextInterface $context)
    {
        if (is_string($value) && $value !== '' && !Settings::isSecret($value)) {
            $context->addViolation(trans('tegata_link.config.secret.wrong'));
        }
    }
}
